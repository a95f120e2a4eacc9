// See type_names.h. The grammar is reflection's: nesting by '+', arguments in brackets, special characters
// escaped.
#include "icalls/type_names.h"

#include "icalls/assembly_identity.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

constexpr std::string_view kSpecial = "\\+[]&*,";

class Writer {
 public:
  Writer(const types::TypeSystem& types, NameForm form) : types_(types), form_(form) {}

  Status write(const Type& type) {
    switch (type.element_type) {
      case ElementType::SzArray:
      case ElementType::Array:
      case ElementType::Ptr:
      case ElementType::ByRef:
        TRY(write(*type.element));
        text_ += suffix_of(type);
        return {};
      case ElementType::Var:
      case ElementType::MVar: text_ += type.name; return {};
      case ElementType::FnPtr: return write_function(type);
      default: break;
    }
    write_plain(type);
    bool definition = type.flags.generic_definition;
    if (type.is_generic_instance()) return write_arguments(type.generic_arguments);
    if (definition && form_ == NameForm::Display) return write_arguments(type.generic_parameters);
    return {};
  }

  Status write_assembly(const Type& type) {
    const Type* plain = &type;
    while (!plain->assembly && plain->element) plain = plain->element;
    if (!plain->assembly) return {};
    text_ += ", ";
    text_ += TRY(assembly_full_name(*plain->assembly));
    return {};
  }

  std::string take() { return std::move(text_); }

 private:
  static std::string suffix_of(const Type& type) {
    if (type.element_type == ElementType::Ptr) return "*";
    if (type.element_type == ElementType::ByRef) return "&";
    if (type.element_type == ElementType::SzArray) return "[]";
    return type.rank == 1 ? "[*]" : "[" + std::string(type.rank - 1u, ',') + "]";
  }

  void write_plain(const Type& type) {
    if (type.declaring_type) {
      write_plain(*type.declaring_type);
      text_ += '+';
    } else if (!type.name_space.empty()) {
      text_ += type.name_space;
      text_ += '.';
    }
    for (char c : type.name) {
      if (kSpecial.find(c) != std::string_view::npos) text_ += '\\';
      text_ += c;
    }
  }

  Status write_arguments(std::span<Type* const> arguments) {
    text_ += '[';
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (i) text_ += ',';
      bool bracketed = form_ != NameForm::Display && !arguments[i]->flags.contains_generic_parameters;
      if (bracketed) text_ += '[';
      TRY(write(*arguments[i]));
      if (bracketed) {
        TRY(write_assembly(*arguments[i]));
        text_ += ']';
      }
    }
    text_ += ']';
    return {};
  }

  Status write_function(const Type& type) {
    TRY(write(*type.function->return_type));
    text_ += '(';
    for (size_t i = 0; i < type.function->parameters.size(); ++i) {
      if (i) text_ += ", ";
      TRY(write(*type.function->parameters[i]));
    }
    text_ += ')';
    return {};
  }

  [[maybe_unused]] const types::TypeSystem& types_;
  NameForm form_;
  std::string text_;
};

}  // namespace

Result<std::string> type_name(const types::TypeSystem& types, const Type& type, NameForm form) {
  Writer writer(types, form);
  TRY(writer.write(type));
  if (form == NameForm::AssemblyQualified) TRY(writer.write_assembly(type));
  return writer.take();
}

std::string_view type_namespace(const Type& type) {
  const Type* outermost = &type;
  while (!outermost->assembly && outermost->element) outermost = outermost->element;
  while (outermost->declaring_type) outermost = outermost->declaring_type;
  return outermost->name_space;
}

Result<std::string> assembly_full_name(const types::Assembly& assembly) {
  AssemblyIdentity identity = TRY(AssemblyIdentity::of(assembly.image()));
  return identity.display_name();
}

}  // namespace leanclr::icalls
