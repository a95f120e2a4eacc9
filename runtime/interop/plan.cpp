// See plan.h: how a plan is made. Calls by it stand in plan_call.cpp.
#include "interop/plan.h"

#include "types/attributes.h"

namespace leanclr::interop {

using metadata::Table;
using types::Type;

namespace {

/// Letters of one value behind each other, of what a target was compiled for.
class LetterCursor {
 public:
  explicit LetterCursor(const char* letters) : at_(letters) {}
  bool takes_object() const { return at_ && *at_ == 'o'; }
  void skip(uint32_t letters) {
    while (at_ && *at_ && letters--) ++at_;
  }

 private:
  const char* at_;
};

/// An assembly may say that none of its types is to be converted: bool is a byte, char two, nothing else crosses.
Result<bool> marshalling_is_disabled(const types::Assembly& assembly) {
  return TRY(types::find_attribute(assembly.image(), metadata::Token(Table::Assembly, 1), "System.Runtime.CompilerServices",
                                   "DisableRuntimeMarshallingAttribute")) != 0;
}

bool is_plain_memory(const Type& type) { return type.is_pointer_like() || (type.flags.value_type && !type.flags.has_references && !type.flags.has_byrefs); }

uint32_t native_slots(const PlannedValue& value) {
  return value.form && value.form->letter == 's' ? abi::slots_for(value.form->size) : 1;
}

/// Does the native slot hold what the managed slot holds?
bool is_direct(const PlannedValue& value) {
  if (!value.form || value.form->is_copy()) return true;
  const Form& form = *value.form;
  return form.conversion == Conversion::Span || (form.conversion == Conversion::ByRef && form.element->is_copy()) ||
         (form.conversion == Conversion::Boolean && form.size == sizeof(int32_t));
}

bool is_void(const PlannedValue& value) { return value.form && value.form->letter == 'v'; }

/// Adds forms to a plan, parameter by parameter.
class PlanMaker {
 public:
  PlanMaker(Forms& forms, types::Method& method, const char* letters) : forms_(forms), method_(method), cursor_(letters) {}

  Result<Plan> make() {
    declaration_ = TRY(declaration_of(forms_.types(), method_));
    if (declaration_.has_this && !method_.declaring_type->flags.delegate) return failure_with(ErrorKind::MarshalDirective, "%: an instance method cannot be native", {forms_.types().full_name(method_)});
    disabled_ = TRY(marshalling_is_disabled(*method_.declaring_type->assembly));
    plan_.set_last_error = declaration_.set_last_error;
    plan_.preserve_sig = declaration_.preserve_sig;
    TRY(add_result());
    for (size_t i = 0; i < declaration_.parameters.size(); ++i) TRY(add_parameter(i));
    if (!plan_.preserve_sig && !is_void(plan_.result)) plan_.native_slots++;
    const bool same_result = !plan_.result.form || plan_.result.form->is_copy();
    plan_.is_direct = plan_.preserve_sig && (same_result || is_direct(plan_.result));
    for (const PlannedValue& value : plan_.parameters) plan_.is_direct = plan_.is_direct && is_direct(value);
    plan_.is_trivial = plan_.is_direct && same_result && !plan_.set_last_error;
    return std::move(plan_);
  }

 private:
  Status add_result() {
    constexpr const char* kWhat = "the return value";
    TRY(add(plan_.result, declaration_.result, kWhat));
    const Conversion conversion = plan_.result.form ? plan_.result.form->conversion : Conversion::Copy;
    if (conversion == Conversion::TextBuffer || conversion >= Conversion::ByRef || conversion == Conversion::HandleRef)
      return refuse(declaration_.result, kWhat, "a value of this type cannot come from C");
    plan_.result.size_parameter = declaration_.result.marshal_as.size_parameter;
    plan_.result.size = declaration_.result.marshal_as.size;
    if (conversion == Conversion::Vector && !plan_.result.form->is_plain_vector()) return refuse(declaration_.result, kWhat, "C cannot say how long its rows are");
    if (conversion == Conversion::Vector && plan_.result.size_parameter == MarshalAs::kNoParameter && plan_.result.size == 0)
      return refuse(declaration_.result, kWhat, "an array that C returns wants MarshalAs with SizeConst or SizeParamIndex");
    TRY(check_size(plan_.result, declaration_.result, kWhat));
    cursor_.skip(plan_.preserve_sig ? native_slots(plan_.result) + 1 : 2);  // and the parenthesis
    return {};
  }

  Status add_parameter(size_t index) {
    const ParameterDeclaration& declared = declaration_.parameters[index];
    PlannedValue value;
    value.managed_slot = static_cast<uint16_t>(next_managed_);
    value.native_slot = static_cast<uint16_t>(plan_.native_slots);
    const std::string what = "parameter #" + std::to_string(index + 1) + (declared.name.empty() ? "" : " '" + std::string(declared.name) + "'");
    TRY(add(value, declared, what));
    value.size_parameter = declared.marshal_as.size_parameter;
    value.size = declared.marshal_as.size;
    TRY(check_size(value, declared, what));
    set_direction(value, declared);
    next_managed_ += managed_slots(*declared.type);
    plan_.native_slots += native_slots(value);
    cursor_.skip(native_slots(value));
    plan_.parameters.push_back(value);
    return {};
  }

  Status add(PlannedValue& value, const ParameterDeclaration& declared, const std::string& what) {
    TRY(forms_.types().ensure(*declared.type, types::TypeState::Sized));
    if (cursor_.takes_object() && declared.type->is_reference()) return {};  // the function takes the object itself
    if (disabled_) return add_as_memory(value, declared, what);
    Result<const Form*> form = forms_.of_parameter(*declared.type, declared.marshal_as, declaration_.char_set);
    if (form.ok()) {
      value.form = form.value();
      return {};
    }
    Error error = form.take_error();
    return error.kind() == ErrorKind::MarshalDirective ? refuse(declared, what, error.message()) : Status(std::move(error));
  }

  Status add_as_memory(PlannedValue& value, const ParameterDeclaration& declared, const std::string& what) {
    if (!is_plain_memory(*declared.type)) return refuse(declared, what, "the assembly disables run-time marshalling (DisableRuntimeMarshalling)");
    value.form = TRY(forms_.as_memory(*declared.type));
    return {};
  }

  Status refuse(const ParameterDeclaration& declared, std::string_view what, std::string_view reason) {
    return failure_with(ErrorKind::MarshalDirective, "Cannot marshal % (%) of %: %.", {what, forms_.types().full_name(*declared.type), forms_.types().full_name(method_), reason});
  }

  Status check_size(const PlannedValue& value, const ParameterDeclaration& declared, const std::string& what) {
    if (value.size_parameter == MarshalAs::kNoParameter) return {};
    if (value.size_parameter >= declaration_.parameters.size()) return refuse(declared, what, "its SizeParamIndex is no parameter");
    const Type* counter = declaration_.parameters[value.size_parameter].type;
    if (counter->element_type == types::ElementType::ByRef) counter = counter->element;
    if (!counter->underlying()->flags.primitive) return refuse(declared, what, "its SizeParamIndex names no integer");
    return {};
  }

  /// §II.22.33 and .NET's defaults: by reference both ways, buffers both ways, everything else in.
  static void set_direction(PlannedValue& value, const ParameterDeclaration& declared) {
    const bool by_ref = value.form && (value.form->conversion == Conversion::ByRef || value.form->conversion == Conversion::TextBuffer);
    const bool none = !declared.in && !declared.out;
    value.in = declared.in || none;
    value.out = declared.out || (none && by_ref);
  }

  Forms& forms_;
  types::Method& method_;
  LetterCursor cursor_;
  Declaration declaration_;
  bool disabled_ = false;
  Plan plan_;
  uint32_t next_managed_ = 0;
};

void push_letters(abi::Letters& letters, const PlannedValue& value) {
  const char letter = value.form ? value.form->letter : 'o';
  for (uint32_t i = native_slots(value); i > 0; --i) letters.push(letter);
}

}  // namespace

Result<Plan> make_plan(Forms& forms, types::Method& method, const char* letters) { return PlanMaker(forms, method, letters).make(); }

abi::Letters letters_of(const Plan& plan) {
  abi::Letters letters;
  if (plan.preserve_sig) push_letters(letters, plan.result);
  else letters.push('i');
  letters.push('(');
  for (const PlannedValue& value : plan.parameters) push_letters(letters, value);
  if (!plan.preserve_sig && !is_void(plan.result)) letters.push('p');
  return letters;
}

}  // namespace leanclr::interop
