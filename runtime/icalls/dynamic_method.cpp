// System.Reflection.Emit.DynamicMethod: what an ILGenerator has collected becomes a method.
//
// Only methods can be made: assemblies, modules and types of Reflection.Emit cannot. The code's tokens,
// indices into the DynamicMethod's `_refs`, are exchanged for generated ones (types/generated.h); the
// importer treats it as any other.
#include <cstring>

#include "base/list.h"
#include "base/utf.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "ir/il_instruction.h"
#include "types/generated.h"

namespace leanclr::icalls {
namespace {

using metadata::Token;
using types::GeneratedKind;

template <typename T>
Result<T> field_of(Thread& thread, Object* object, const char* name) {
  return objects::field_at<T>(object, TRY(field_offset(thread, *object->type, name)));
}
Result<Object*> object_of(Thread& thread, Object* object, const char* name) {
  return TRY(field_of<Ref<Object>>(thread, object, name)).get();
}

/// A field of a struct that lies at `value`.
template <typename T>
Result<T> member_of(Thread& thread, Type& type, const uint8_t* value, std::string_view name) {
  const Field* field = thread.types().find_field(type, name);
  if (!field)
    return failure(ErrorKind::MissingField, thread.types().full_name(type).append("::").append(name));
  return *reinterpret_cast<const T*>(value + field->offset);
}

class MethodMaker {
 public:
  MethodMaker(Thread& thread, Object* source)
      : thread_(thread), types_(thread.types()), source_(thread.heap(), source) {}

  Status make(std::string_view name) {
    Method* method = types_.add_generated_method(name, TRY(signature()));
    code_ = types_.generated_code(*method);
    // Known before its own code is read: it may call itself.
    TRY(set_field<Address>(thread_, source_, "_mhandle", address_of(method)));
    Status filled = fill();
    if (!filled.ok()) TRY(set_field<Address>(thread_, source_, "_mhandle", 0));
    return filled;
  }

 private:
  Result<types::MethodSignature> signature() {
    types::MethodSignature result;
    result.return_type = TRY(type_of_mirror(thread_, TRY(object_of(thread_, source_, "_returnType"))));
    if (!result.return_type) result.return_type = types_.known().void_;
    List<Type*> parameters;
    if (auto* list = static_cast<Array*>(TRY(object_of(thread_, source_, "_parameterTypes"))))
      for (uint32_t i = 0; i < list->length; ++i)
        parameters.push_back(TRY(type_of_mirror(thread_, list->elements<Ref<Object>>()[i])));
    result.parameters = types_.arena().copy(std::span<Type* const>(parameters));
    return result;
  }

  Status fill() {
    Object* generator = TRY(object_of(thread_, source_, "_ilGenerator"));
    if (!generator) return ErrorKind::InvalidOperation;
    auto* bytes = static_cast<Array*>(TRY(object_of(thread_, generator, "code")));
    auto size = static_cast<uint32_t>(TRY(field_of<int32_t>(thread_, generator, "code_len")));
    if (!bytes || size > bytes->length) return ErrorKind::InvalidOperation;
    code_->code.assign(bytes->data(), bytes->data() + size);
    code_->body.code = Bytes(code_->code.data(), code_->code.size());
    code_->body.init_locals = TRY(field_of<bool>(thread_, source_, "_initLocals"));
    TRY(read_locals(static_cast<Array*>(TRY(object_of(thread_, generator, "locals")))));
    TRY(read_clauses(static_cast<Array*>(TRY(object_of(thread_, generator, "ex_handlers")))));
    return exchange_tokens();
  }

  Status read_locals(Array* locals) {
    for (uint32_t i = 0; locals && i < locals->length; ++i) {
      Object* local = locals->elements<Ref<Object>>()[i];
      Type* type = TRY(type_of_mirror(thread_, TRY(object_of(thread_, local, "type"))));
      if (!type) return ErrorKind::Argument;
      code_->locals.push_back({type, TRY(field_of<bool>(thread_, local, "is_pinned"))});
    }
    code_->body.local_signature = types_.add_generated(GeneratedKind::Code, code_);
    return {};
  }

  /// The blocks in the order in which they were begun; clauses go from the innermost outwards.
  Status read_clauses(Array* infos) {
    for (uint32_t i = infos ? infos->length : 0; i-- > 0;) {
      Type& type = *infos->type->element;
      const uint8_t* info = infos->element(i);
      auto* blocks = static_cast<Array*>(TRY(member_of<Ref<Object>>(thread_, type, info, "handlers")).get());
      uint32_t begin = TRY(member_of<uint32_t>(thread_, type, info, "start"));
      uint32_t length = TRY(member_of<uint32_t>(thread_, type, info, "len"));
      for (uint32_t j = 0; blocks && j < blocks->length; ++j)
        TRY(read_clause(*blocks->type->element, blocks->element(j), begin, length));
    }
    return {};
  }

  Status read_clause(Type& type, const uint8_t* block, uint32_t try_begin, uint32_t try_bytes) {
    using metadata::ClauseKind;
    metadata::ExceptionClause clause;
    auto kind = TRY(member_of<int32_t>(thread_, type, block, "type"));
    if (kind < 0 || kind > 4 || kind == 3) return ErrorKind::InvalidOperation;
    clause.kind = static_cast<ClauseKind>(kind);
    uint32_t begin = TRY(member_of<uint32_t>(thread_, type, block, "start"));
    uint64_t end = uint64_t{begin} + TRY(member_of<uint32_t>(thread_, type, block, "len"));
    clause.try_begin = try_begin;
    bool covers_handlers = clause.kind == ClauseKind::Finally || clause.kind == ClauseKind::Fault;
    uint64_t try_end = covers_handlers ? begin : uint64_t{try_begin} + try_bytes;
    uint32_t filter = clause.kind == ClauseKind::Filter
                          ? TRY(member_of<uint32_t>(thread_, type, block, "filter_offset"))
                          : 0;
    size_t size = code_->code.size();
    if (end > size || try_end > size || begin > end || try_begin > try_end || filter >= size)
      return failure(ErrorKind::InvalidProgram, "an exception clause outside the method's code");
    clause.try_end = static_cast<uint32_t>(try_end);
    clause.handler_begin = begin;
    clause.handler_end = static_cast<uint32_t>(end);
    clause.filter_begin = filter;
    if (clause.kind == ClauseKind::Catch) {
      Type* caught =
          TRY(type_of_mirror(thread_, TRY(member_of<Ref<Object>>(thread_, type, block, "extype")).get()));
      clause.catch_type = types_.add_generated(GeneratedKind::Type, caught ? caught : types_.known().object);
    }
    code_->body.clauses.push_back(clause);
    return {};
  }

  Status exchange_tokens() {
    List<uint8_t>& code = code_->code;
    for (uint32_t at = 0; at < code.size();) {
      Result<ir::IlInstruction> decoded = ir::decode_il(code_->body.code, at);
      if (!decoded.ok()) return failure(ErrorKind::InvalidProgram, decoded.take_error().message());
      const ir::IlInstruction& instruction = decoded.value();
      at = instruction.next;
      if (!instruction.has_token()) continue;
      uint32_t token = TRY(token_of(static_cast<uint32_t>(instruction.operand))).value;
      std::memcpy(&code[at - sizeof token], &token, sizeof token);
    }
    return {};
  }

  /// A token is one more than the index of what it stands for.
  Result<Token> token_of(uint32_t reference) {
    auto* list = static_cast<Array*>(TRY(object_of(thread_, source_, "_refs")));
    if (!list || reference == 0 || reference > list->length)
      return failure(ErrorKind::InvalidProgram, "a token without a reference");
    Object* object = list->elements<Ref<Object>>()[reference - 1];
    if (!object) return ErrorKind::NullReference;
    if (object->type.get() == types_.known().string) {
      auto* text = static_cast<String*>(object);
      String* interned =
          TRY(allocated(thread_.objects().intern(text->view())));
      return types_.add_generated(GeneratedKind::Text, interned);
    }
    std::string_view kind = object->type->name;
    if (is(kind, "RuntimeType"))
      return types_.add_generated(GeneratedKind::Type, TRY(type_of_mirror(thread_, object)));
    if (is(kind, "RuntimeFieldInfo"))
      return types_.add_generated(GeneratedKind::Field, TRY(field_of_mirror(thread_, object)));
    if (!is(kind, "RuntimeMethodInfo") && !is(kind, "RuntimeConstructorInfo") && !is(kind, "DynamicMethod"))
      return not_supported("A dynamic method cannot refer to a " + std::string(kind) + ".");
    Method* method = TRY(method_of_mirror(thread_, object));
    if (!method) return ErrorKind::InvalidOperation;
    return types_.add_generated(GeneratedKind::Method, method);
  }

  Thread& thread_;
  types::TypeSystem& types_;
  Local<Object> source_;
  types::GeneratedMethod* code_ = nullptr;
};

Status create_dynamic_method(Thread& thread, Object* source, String* name, int32_t, int32_t) {
  if (!source || !name) return ErrorKind::ArgumentNull;
  return MethodMaker(thread, source).make(to_utf8(name->view()));
}

/// The module of methods that no type owns.
Result<Object*> dynamic_methods_module(Thread& thread) {
  return module_mirror(thread.objects(), *thread.types().known().object->assembly);
}

constexpr NativeEntry kRows[] = {
    native<create_dynamic_method>("create_dynamic_method"),
    allocating<dynamic_methods_module>("GetDynamicMethodsModule"),
};

}  // namespace

constinit const NativeClass kDynamicMethod{"System.Reflection.Emit.DynamicMethod", kRows};

}  // namespace leanclr::icalls
