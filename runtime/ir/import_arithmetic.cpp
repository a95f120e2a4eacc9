// Import of arithmetic, comparisons and conversions (§III.3 as far as they compute; §III.1.5's tables of operand types).
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

struct ArithmeticRow {
  Il il;
  Op i4, i8, r4, r8;
};
constexpr Op kNone = Op::Nop;
constexpr ArithmeticRow kArithmetic[] = {
    {Il::Add, Op::AddI4, Op::AddI8, Op::AddR4, Op::AddR8},
    {Il::Sub, Op::SubI4, Op::SubI8, Op::SubR4, Op::SubR8},
    {Il::Mul, Op::MulI4, Op::MulI8, Op::MulR4, Op::MulR8},
    {Il::Div, Op::DivI4, Op::DivI8, Op::DivR4, Op::DivR8},
    {Il::DivUn, Op::DivUnI4, Op::DivUnI8, kNone, kNone},
    {Il::Rem, Op::RemI4, Op::RemI8, Op::RemR4, Op::RemR8},
    {Il::RemUn, Op::RemUnI4, Op::RemUnI8, kNone, kNone},
    {Il::And, Op::AndI4, Op::AndI8, kNone, kNone},
    {Il::Or, Op::OrI4, Op::OrI8, kNone, kNone},
    {Il::Xor, Op::XorI4, Op::XorI8, kNone, kNone},
    {Il::Shl, Op::ShlI4, Op::ShlI8, kNone, kNone},
    {Il::Shr, Op::ShrI4, Op::ShrI8, kNone, kNone},
    {Il::ShrUn, Op::ShrUnI4, Op::ShrUnI8, kNone, kNone},
    {Il::AddOvf, Op::AddOvfI4, Op::AddOvfI8, kNone, kNone},
    {Il::AddOvfUn, Op::AddOvfUnI4, Op::AddOvfUnI8, kNone, kNone},
    {Il::SubOvf, Op::SubOvfI4, Op::SubOvfI8, kNone, kNone},
    {Il::SubOvfUn, Op::SubOvfUnI4, Op::SubOvfUnI8, kNone, kNone},
    {Il::MulOvf, Op::MulOvfI4, Op::MulOvfI8, kNone, kNone},
    {Il::MulOvfUn, Op::MulOvfUnI4, Op::MulOvfUnI8, kNone, kNone},
    {Il::Neg, Op::NegI4, Op::NegI8, Op::NegR4, Op::NegR8},
    {Il::Not, Op::NotI4, Op::NotI8, kNone, kNone},
};

const ArithmeticRow* arithmetic_row(Il il) {
  for (const ArithmeticRow& row : kArithmetic)
    if (row.il == il) return &row;
  return nullptr;
}

Op op_for(const ArithmeticRow& row, StackKind kind) {
  switch (kind) {
    case StackKind::I8: return row.i8;
    case StackKind::R4: return row.r4;
    case StackKind::R8: return row.r8;
    default: return row.i4;
  }
}

/// The forms with an immediate operand; Nop where there is none.
Op immediate_form(Il il, StackKind kind) {
  bool wide = kind == StackKind::I8;
  switch (il) {
    case Il::Add:
    case Il::Sub: return wide ? Op::AddI8Imm : Op::AddI4Imm;
    case Il::Mul: return wide ? Op::Nop : Op::MulI4Imm;
    case Il::And: return wide ? Op::Nop : Op::AndI4Imm;
    case Il::Or: return wide ? Op::Nop : Op::OrI4Imm;
    case Il::Xor: return wide ? Op::Nop : Op::XorI4Imm;
    case Il::Shl: return wide ? Op::ShlI8Imm : Op::ShlI4Imm;
    case Il::Shr: return wide ? Op::ShrI8Imm : Op::ShrI4Imm;
    case Il::ShrUn: return wide ? Op::ShrUnI8Imm : Op::ShrUnI4Imm;
    default: return Op::Nop;
  }
}

bool is_commutative(Il il) { return il == Il::Add || il == Il::Mul || il == Il::And || il == Il::Or || il == Il::Xor; }
/// By a positive immediate, which raises nothing.
Op division_form(Il il) {
  switch (il) {
    case Il::Div: return Op::DivI4Imm;
    case Il::DivUn: return Op::DivUnI4Imm;
    case Il::Rem: return Op::RemI4Imm;
    case Il::RemUn: return Op::RemUnI4Imm;
    default: return Op::Nop;
  }
}

/// x op value == x
bool is_neutral(Il il, int64_t value) {
  if (il == Il::Mul || il == Il::Div) return value == 1;
  return value == 0 && (il == Il::Add || il == Il::Sub || il == Il::Or || il == Il::Xor);
}
bool is_integer(StackKind kind) { return kind == StackKind::I4 || kind == StackKind::I8; }
bool fits_immediate(int64_t value) { return value >= -0x7FFF && value <= 0x7FFF; }
bool is_constant(const Value& value) { return value.form == Value::Constant; }

struct ConvertRow {
  Il il;
  StackKind result;
  Op from_i4, from_i8, from_r4, from_r8;  // Mov: the value stays as it is
};
// Conversions from R4 go through R8, which loses nothing.
constexpr ConvertRow kConversions[] = {
    {Il::ConvI1, StackKind::I4, Op::ConvI1I4, Op::ConvI1I8, kNone, Op::ConvI1R8},
    {Il::ConvU1, StackKind::I4, Op::ConvU1I4, Op::ConvU1I8, kNone, Op::ConvU1R8},
    {Il::ConvI2, StackKind::I4, Op::ConvI2I4, Op::ConvI2I8, kNone, Op::ConvI2R8},
    {Il::ConvU2, StackKind::I4, Op::ConvU2I4, Op::ConvU2I8, kNone, Op::ConvU2R8},
    {Il::ConvI4, StackKind::I4, Op::Mov, Op::ConvI4I8, kNone, Op::ConvI4R8},
    {Il::ConvU4, StackKind::I4, Op::Mov, Op::ConvI4I8, kNone, Op::ConvU4R8},
    {Il::ConvI, StackKind::I4, Op::Mov, Op::ConvI4I8, kNone, Op::ConvI4R8},
    {Il::ConvU, StackKind::I4, Op::Mov, Op::ConvI4I8, kNone, Op::ConvU4R8},
    {Il::ConvI8, StackKind::I8, Op::ConvI8I4, Op::Mov, kNone, Op::ConvI8R8},
    {Il::ConvU8, StackKind::I8, Op::ConvU8I4, Op::Mov, kNone, Op::ConvU8R8},
    {Il::ConvR4, StackKind::R4, Op::ConvR4I4, Op::ConvR4I8, Op::Mov, Op::ConvR4R8},
    {Il::ConvR8, StackKind::R8, Op::ConvR8I4, Op::ConvR8I8, Op::ConvR8R4, Op::Mov},
    {Il::ConvRUn, StackKind::R8, Op::ConvRUnI4, Op::ConvRUnI8, Op::ConvR8R4, Op::Mov},
    {Il::ConvOvfI1, StackKind::I4, Op::ConvOvfI1I4, Op::ConvOvfI1I8, kNone, Op::ConvOvfI1R8},
    {Il::ConvOvfU1, StackKind::I4, Op::ConvOvfU1I4, Op::ConvOvfU1I8, kNone, Op::ConvOvfU1R8},
    {Il::ConvOvfI2, StackKind::I4, Op::ConvOvfI2I4, Op::ConvOvfI2I8, kNone, Op::ConvOvfI2R8},
    {Il::ConvOvfU2, StackKind::I4, Op::ConvOvfU2I4, Op::ConvOvfU2I8, kNone, Op::ConvOvfU2R8},
    {Il::ConvOvfI4, StackKind::I4, Op::Mov, Op::ConvOvfI4I8, kNone, Op::ConvOvfI4R8},
    {Il::ConvOvfU4, StackKind::I4, Op::ConvOvfU4I4, Op::ConvOvfU4I8, kNone, Op::ConvOvfU4R8},
    {Il::ConvOvfI, StackKind::I4, Op::Mov, Op::ConvOvfI4I8, kNone, Op::ConvOvfI4R8},
    {Il::ConvOvfU, StackKind::I4, Op::ConvOvfU4I4, Op::ConvOvfU4I8, kNone, Op::ConvOvfU4R8},
    {Il::ConvOvfI8, StackKind::I8, Op::ConvI8I4, Op::Mov, kNone, Op::ConvOvfI8R8},
    {Il::ConvOvfU8, StackKind::I8, Op::ConvOvfU8I4, Op::ConvOvfU8I8, kNone, Op::ConvOvfU8R8},
    {Il::ConvOvfI1Un, StackKind::I4, Op::ConvOvfI1UnI4, Op::ConvOvfI1UnI8, kNone, Op::ConvOvfI1R8},
    {Il::ConvOvfU1Un, StackKind::I4, Op::ConvOvfU1UnI4, Op::ConvOvfU1UnI8, kNone, Op::ConvOvfU1R8},
    {Il::ConvOvfI2Un, StackKind::I4, Op::ConvOvfI2UnI4, Op::ConvOvfI2UnI8, kNone, Op::ConvOvfI2R8},
    {Il::ConvOvfU2Un, StackKind::I4, Op::ConvOvfU2UnI4, Op::ConvOvfU2UnI8, kNone, Op::ConvOvfU2R8},
    {Il::ConvOvfI4Un, StackKind::I4, Op::ConvOvfI4UnI4, Op::ConvOvfI4UnI8, kNone, Op::ConvOvfI4R8},
    {Il::ConvOvfU4Un, StackKind::I4, Op::Mov, Op::ConvOvfU4UnI8, kNone, Op::ConvOvfU4R8},
    {Il::ConvOvfIUn, StackKind::I4, Op::ConvOvfI4UnI4, Op::ConvOvfI4UnI8, kNone, Op::ConvOvfI4R8},
    {Il::ConvOvfUUn, StackKind::I4, Op::Mov, Op::ConvOvfU4UnI8, kNone, Op::ConvOvfU4R8},
    {Il::ConvOvfI8Un, StackKind::I8, Op::ConvU8I4, Op::ConvOvfI8UnI8, kNone, Op::ConvOvfI8R8},
    {Il::ConvOvfU8Un, StackKind::I8, Op::ConvU8I4, Op::Mov, kNone, Op::ConvOvfU8R8},
};

}  // namespace

bool Importer::fold_i4(Il op, const Value& a, const Value& b) {
  uint32_t x = static_cast<uint32_t>(a.constant), y = static_cast<uint32_t>(b.constant), result;
  switch (op) {
    case Il::Add: result = x + y; break;
    case Il::Sub: result = x - y; break;
    case Il::Mul: result = x * y; break;
    case Il::And: result = x & y; break;
    case Il::Or: result = x | y; break;
    case Il::Xor: result = x ^ y; break;
    case Il::Shl: result = x << (y & 31); break;
    case Il::ShrUn: result = x >> (y & 31); break;
    case Il::Shr: result = static_cast<uint32_t>(static_cast<int32_t>(x) >> (y & 31)); break;
    case Il::DivUn:
      if (y == 0) return false;
      result = x / y;
      break;
    default: return false;
  }
  push_constant(static_cast<int32_t>(result));
  top().type = integer_type(a, b);
  return true;
}

/// §III.1.5, tables 2 and 7: byref ± integer is a byref, integer + byref as well, byref - byref an integer.
Status Importer::byref_arithmetic(Il op, Value a, Value b) {
  bool adds = op == Il::Add || op == Il::AddOvfUn, subtracts = op == Il::Sub || op == Il::SubOvfUn;
  if (adds && a.kind == StackKind::I4) std::swap(a, b);
  if (a.kind != StackKind::ByRef || !(adds || subtracts)) return invalid("no such operation on a byref");
  if (b.kind == StackKind::I4 && (op == Il::Add || op == Il::Sub)) {
    add_offset(a, b, subtracts);
    return {};
  }
  if (b.kind != StackKind::I4 && !(b.kind == StackKind::ByRef && subtracts)) return invalid("no such operation on a byref");
  uint32_t right = reg_of(b);
  uint32_t left = reg_of(a);
  bool moves = b.kind == StackKind::I4;
  uint32_t destination = moves ? push(StackKind::ByRef, a.type) : push(StackKind::I4, known().intptr);
  builder_.emit(arithmetic_row(op)->i4, destination, left, right);
  return {};
}

Status Importer::arithmetic(Il op) {
  TRY(need(2));
  Value b = pop();
  Value a = pop();
  if (a.kind == StackKind::Vt || b.kind == StackKind::Vt || a.kind == StackKind::Ref || b.kind == StackKind::Ref)
    return invalid("arithmetic on a reference or a value type");
  if (a.kind == StackKind::ByRef || b.kind == StackKind::ByRef) return byref_arithmetic(op, a, b);
  if (a.kind == StackKind::R4 && b.kind == StackKind::R8) coerce(a, StackKind::R8);
  if (a.kind == StackKind::R8 && b.kind == StackKind::R4) coerce(b, StackKind::R8);
  if (a.kind != b.kind) return invalid("operands of different kinds");
  if (a.kind == StackKind::I4 && is_constant(a) && is_constant(b) && fold_i4(op, a, b)) return {};
  if (is_integer(a.kind) && is_constant(b) && is_neutral(op, b.constant)) {
    if (!is_int32(b)) a.type = integer_type(a, b);
    push_value(a);
    return {};
  }
  if (is_integer(a.kind) && is_constant(a) && !is_constant(b) && is_commutative(op)) std::swap(a, b);
  if (divide_narrow(op, a, b)) return {};
  Type* type = integer_type(a, b);
  if (op == Il::And && a.kind == StackKind::I4 && is_constant(b) && b.constant == 0xFFFF) {
    uint32_t source = reg_of(a);
    builder_.emit(Op::ConvU2I4, push(StackKind::I4, type), source);
    return {};
  }
  Op immediate = immediate_form(op, a.kind);
  if (immediate == Op::Nop && a.kind == StackKind::I4 && is_constant(b) && b.constant > 0) immediate = division_form(op);
  if (is_constant(b) && immediate != Op::Nop && is_integer(a.kind) && fits_immediate(b.constant)) {
    uint32_t left = reg_of(a);
    int64_t value = op == Il::Sub ? -b.constant : b.constant;
    builder_.emit(immediate, push(a.kind, type), left, static_cast<uint16_t>(value));
    return {};
  }
  const ArithmeticRow* row = arithmetic_row(op);
  Op operation = row ? op_for(*row, a.kind) : Op::Nop;
  if (operation == Op::Nop) return invalid("no such operation on these operands");
  // A swapped pair shares no position: each is materialised in its own.
  uint32_t right = reg_of(b);
  uint32_t left = reg_of(a);
  uint32_t destination = push(a.kind, type);
  builder_.emit(operation, destination, left, right);
  return {};
}

/// A 64-bit division of what was 32 bits wide, as C# makes it of `uint % int`: done in 32 bits.
bool Importer::divide_narrow(Il op, Value& a, Value& b) {
  if (op != Il::Rem && op != Il::Div && op != Il::RemUn && op != Il::DivUn) return false;
  if (a.form != Value::Widened || !(a.is_unsigned || a.not_negative) || b.form != Value::Widened || !(b.is_unsigned || b.not_negative)) return false;
  uint32_t destination = push(StackKind::I8);
  builder_.emit(op == Il::Rem || op == Il::RemUn ? Op::RemUnI4 : Op::DivUnI4, destination, a.reg, b.reg);
  Value& result = top();
  result.form = Value::Widened;
  result.reg = destination;
  result.is_unsigned = true;
  result.not_negative = a.not_negative || (b.not_negative && (op == Il::Rem || op == Il::RemUn));
  return true;
}

/// conv.i8 or conv.u8 of an int32 waits until somebody wants 64 bits.
bool Importer::widen(const Value& value, bool is_unsigned) {
  if (value.kind != StackKind::I4 || (value.form != Value::Temp && value.form != Value::Register)) return false;
  const bool is_length = value.form == Value::Temp && builder_.last() != Builder::kNone &&
                         builder_.at(builder_.last()).op == Op::Length && builder_.at(builder_.last()).a == value.position;
  Value wide = value;
  wide.kind = StackKind::I8;
  wide.form = Value::Widened;
  wide.type = nullptr;
  if (value.form == Value::Temp) wide.reg = value.position;
  wide.is_unsigned = is_unsigned;
  wide.not_negative = is_length;
  push_value(wide);
  return true;
}

/// The Value::type of what a conversion gives.
Type* Importer::converted_type(Il op) const {
  switch (op) {
    case Il::ConvI: case Il::ConvU: case Il::ConvOvfI: case Il::ConvOvfU: case Il::ConvOvfIUn: case Il::ConvOvfUUn:
      return known().intptr;
    default: return nullptr;
  }
}

/// The int32 that was widened, where the conversion gives just that.
bool Importer::narrow(const Value& value, Il op) {
  if (value.form != Value::Widened) return false;
  bool cuts = op == Il::ConvI4 || op == Il::ConvU4 || op == Il::ConvI || op == Il::ConvU;
  bool checks = op == Il::ConvOvfI4 || op == Il::ConvOvfU4 || op == Il::ConvOvfI || op == Il::ConvOvfU || op == Il::ConvOvfI4Un ||
                op == Il::ConvOvfU4Un || op == Il::ConvOvfIUn || op == Il::ConvOvfUUn;
  if (!cuts && !(checks && value.not_negative)) return false;
  Value low = value;
  low.kind = StackKind::I4;
  low.type = converted_type(op);
  low.form = value.reg == value.position ? Value::Temp : Value::Register;
  push_value(low);
  return true;
}

Status Importer::shift(Il op) {
  TRY(need(2));
  Value count = pop();
  Value value = pop();
  if (!is_integer(value.kind) || count.kind != StackKind::I4) return invalid("a shift of something else than an integer");
  count.type = nullptr;
  Type* type = integer_type(value, count);
  if (value.kind == StackKind::I4 && is_constant(value) && is_constant(count) && fold_i4(op, value, count)) return {};
  if (is_constant(count) && count.constant == 0) {
    push_value(value);
    return {};
  }
  if (is_constant(count)) {
    uint32_t left = reg_of(value);
    builder_.emit(immediate_form(op, value.kind), push(value.kind, type), left, static_cast<uint16_t>(count.constant & 63));
    return {};
  }
  uint32_t right = reg_of(count);
  uint32_t left = reg_of(value);
  builder_.emit(op_for(*arithmetic_row(op), value.kind), push(value.kind, type), left, right);
  return {};
}

Status Importer::convert(Il op) {
  TRY(need(1));
  const ConvertRow* row = nullptr;
  for (const ConvertRow& candidate : kConversions)
    if (candidate.il == op) row = &candidate;
  if (!row) return invalid("this instruction is not supported");
  Value value = pop();
  Type* type = converted_type(op);
  if (value.kind >= StackKind::Ref) {
    // Of references only a string's, which older compilers pin so, becomes a number.
    bool to_native = op == Il::ConvI || op == Il::ConvU;
    bool fits = value.kind == StackKind::ByRef ? to_native || op == Il::ConvI8 || op == Il::ConvU8
                                               : value.kind == StackKind::Ref && to_native && value.type == known().string;
    if (!fits) return invalid("no such conversion of a reference, a byref or a value type");
    value.kind = StackKind::I4;
  }
  if (value.kind == StackKind::R4 && row->from_r4 == Op::Nop) coerce(value, StackKind::R8);
  Op conversion = value.kind == StackKind::I4   ? row->from_i4
                  : value.kind == StackKind::I8 ? row->from_i8
                  : value.kind == StackKind::R4 ? row->from_r4
                                                : row->from_r8;
  bool to_wide = op == Il::ConvI8 || op == Il::ConvU8;
  if (is_constant(value) && value.kind == StackKind::I4 && (conversion == Op::Mov || to_wide)) {
    value.constant = op == Il::ConvU8 ? static_cast<int64_t>(static_cast<uint32_t>(value.constant))
                                      : static_cast<int64_t>(static_cast<int32_t>(value.constant));
    value.kind = row->result;
    value.type = type;
    push_value(value);
    return {};
  }
  if (conversion == Op::Mov) {
    if (value.form == Value::FrameAddress) materialize(value);
    value.kind = row->result;
    value.type = type;
    push_value(value);
    return {};
  }
  if (narrow(value, op) || (to_wide && widen(value, op == Il::ConvU8))) return {};
  uint32_t source = reg_of(value);
  builder_.emit(conversion, push(row->result, type), source);
  return {};
}

Status Importer::import_arithmetic(const IlInstruction& instruction) {
  Il op = instruction.op;
  switch (op) {
    case Il::Ceq: return compare(Condition::Eq);
    case Il::Cgt: return compare(Condition::Gt);
    case Il::CgtUn: return compare(Condition::GtUn);
    case Il::Clt: return compare(Condition::Lt);
    case Il::CltUn: return compare(Condition::LtUn);
    case Il::Shl:
    case Il::Shr:
    case Il::ShrUn: return shift(op);
    case Il::Neg:
    case Il::Not: {
      TRY(need(1));
      Op operation = op_for(*arithmetic_row(op), top().kind);
      if (operation == Op::Nop || top().kind >= StackKind::Ref) return invalid("no such operation on this operand");
      unary(operation, top().kind, integer_type(top(), top()));
      return {};
    }
    case Il::Ckfinite:
      TRY(need(1));
      if (top().kind == StackKind::R4) coerce(top(), StackKind::R8);
      if (top().kind != StackKind::R8) return invalid("ckfinite of something else than a float");
      unary(Op::CkFinite, StackKind::R8);
      return {};
    default: break;
  }
  if (arithmetic_row(op)) return arithmetic(op);
  return convert(op);
}

}  // namespace leanclr::ir
