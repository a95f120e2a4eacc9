// The readable listing of a Body, for tests and debugging.
#include "base/text.h"
#include "ir/ir.h"

namespace leanclr::ir {
namespace {

constexpr std::string_view kNames[] = {
#define OP(name, text, operands, extension) text,
#include "ir/ops.def"
};

void append(std::string& out, std::string_view before, int64_t value) { append_decimal(out += before, value); }

void print_operand(std::string& out, char kind, uint16_t value, uint32_t pc) {
  switch (kind) {
    case 'd':
    case 's':
    case 'x':
      append(out, " r", value / 8);
      if (value % 8) append(out, "+", value % 8);
      break;
    case 'i': append(out, " #", static_cast<int16_t>(value)); break;
    case 'u': append(out, " #", value); break;
    case 'j': append(out, " @", static_cast<int64_t>(pc) + static_cast<int16_t>(value)); break;
    default: break;
  }
}

void print_extension(std::string& out, char kind, const Word& word) {
  switch (kind) {
    case 'I': append(out, " #", static_cast<int32_t>(word.low)); break;
    case 'L': append(out, " #", static_cast<long long>(word.bits)); break;
    case 'S': append(out, " size ", word.low); break;
    case 'T':
      if (word.low) out.append(" ").append(word.pointer<types::Type>()->name);
      break;
    case 'F': out.append(" ").append(word.pointer<types::Field>()->name); break;
    case 'M':
    case 'C': {
      const types::Method* method = word.pointer<types::Method>();
      out.append(" ").append(method->declaring_type->name).append("::").append(method->name);
      break;
    }
    default: break;
  }
}

}  // namespace

std::string_view name_of(Op op) { return kNames[static_cast<size_t>(op)]; }

std::string print(const Body& body) {
  std::string out;
  for (uint32_t pc = 0; pc < body.code_length;) {
    const Word& word = body.code[pc];
    const OpInfo& info = op_info(word.op);
    std::string number;
    append_decimal(number, pc);
    constexpr size_t kColumn = 5;
    out.append(number.size() < kColumn ? kColumn - number.size() : 0, ' ').append(number).append("  ");
    out += name_of(word.op);
    if (info.operands[1] == 'h') {
      print_operand(out, info.operands[0], word.a, pc);
      bool target = word.op == Op::Br || word.op == Op::CallFinally;
      append(out, target ? " @" : " #", target ? static_cast<int64_t>(pc) + word.immediate() : word.immediate());
    } else {
      print_operand(out, info.operands[0], word.a, pc);
      print_operand(out, info.operands[1], word.b, pc);
      print_operand(out, info.operands[2], word.c, pc);
    }
    if (info.extension != '0') print_extension(out, info.extension, body.code[pc + 1]);
    uint32_t words = info.words();
    if (word.op == Op::Switch) {
      for (uint32_t i = 0; i < word.b; ++i)
        append(out, " @", static_cast<int64_t>(pc) + static_cast<int32_t>(body.code[pc + 1 + i].low));
      words += word.b;
    }
    out += '\n';
    pc += words;
  }
  return out;
}

}  // namespace leanclr::ir
