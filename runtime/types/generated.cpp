// See generated.h.
#include "types/generated.h"

#include "types/interned.h"

namespace leanclr::types {

using metadata::Token;

namespace {
constexpr auto kGeneratedTable = static_cast<metadata::Table>(0x7F);
}  // namespace

Token TypeSystem::add_generated(GeneratedKind kind, void* item) {
  interned_->generated.push_back({kind, item});
  return Token(kGeneratedTable, static_cast<uint32_t>(interned_->generated.size()));
}

void* TypeSystem::generated(Token token, GeneratedKind kind) const {
  if (token.table() != kGeneratedTable || token.row() == 0 || token.row() > interned_->generated.size())
    return nullptr;
  const GeneratedItem& item = interned_->generated[token.row() - 1];
  return item.kind == kind ? item.item : nullptr;
}

GeneratedMethod& TypeSystem::add_generated_code() { return interned_->generated_methods.add(new GeneratedMethod); }

Method* TypeSystem::add_generated_method(std::string_view name, MethodSignature signature) {
  Result<Type*> module = resolve_type(*known_.object->assembly, Token(metadata::Table::TypeDef, 1), {});
  Type* owner = value_or<Type*>(module, known_.object);
  Token code = add_generated(GeneratedKind::Code, &add_generated_code());
  Method* method = arena_.make<Method>();
  method->declaring_type = owner;
  method->definition = method;
  method->name = arena_.copy(name);
  method->attributes = kMethodStatic | kMethodHideBySig | 6;
  method->rva = code.value;  // what tells it from other methods without a row
  method->signature = arena_.make<MethodSignature>(signature);
  return method;
}

GeneratedMethod* TypeSystem::generated_code(const Method& method) const {
  if (method.row != 0) return nullptr;
  return static_cast<GeneratedMethod*>(generated(Token(method.rva), GeneratedKind::Code));
}

}  // namespace leanclr::types
