// Full names, in reflection's form. Long ones are cut: instances of instances can spell out to any length.
#include "types/type_system.h"

namespace leanclr::types {

namespace {

constexpr size_t kMaxNameBytes = 2000;

void append_type(std::string& text, const Type& type);

void append_outer(std::string& text, const Type& type) {
  if (type.declaring_type) {
    append_outer(text, *type.declaring_type);
    text += '+';
  } else if (!type.name_space.empty()) {
    text.append(type.name_space).append(".");
  }
  text.append(type.name);
}

void append_list(std::string& text, std::span<Type* const> types) {
  for (size_t i = 0; i < types.size() && text.size() < kMaxNameBytes; ++i) {
    if (i) text += ',';
    append_type(text, *types[i]);
  }
}

void append_function(std::string& text, const MethodSignature& function) {
  append_type(text, *function.return_type);
  text += '(';
  append_list(text, function.parameters);
  text += ')';
}

void append_array(std::string& text, const Type& type) {
  append_type(text, *type.element);
  text += '[';
  if (type.element_type == ElementType::Array && type.rank == 1) text += '*';
  text.append(type.rank - 1u, ',');
  text += ']';
}

void append_type(std::string& text, const Type& type) {
  switch (type.element_type) {
    case ElementType::Var:
    case ElementType::MVar: text.append(type.name); return;
    case ElementType::FnPtr: append_function(text, *type.function); return;
    case ElementType::SzArray:
    case ElementType::Array: append_array(text, type); return;
    case ElementType::Ptr:
    case ElementType::ByRef:
      append_type(text, *type.element);
      text += type.element_type == ElementType::Ptr ? '*' : '&';
      return;
    default: break;
  }
  append_outer(text, type);
  if (!type.is_generic_instance()) return;
  text += '[';
  append_list(text, type.generic_arguments);
  text += ']';
}

}  // namespace

std::string TypeSystem::full_name(const Type& type) const {
  std::string text;
  append_type(text, type);
  return text;
}

std::string TypeSystem::full_name(const Method& method) {
  std::string text = full_name(*method.declaring_type);
  text.append("::").append(method.name).append("(");
  // The signature may name a type that does not load; the name is then as good as it can be.
  auto* signature = value_or<const MethodSignature*>(signature_of(const_cast<Method&>(method)), nullptr);
  if (signature) append_list(text, signature->parameters);
  return text += ')';
}

}  // namespace leanclr::types
