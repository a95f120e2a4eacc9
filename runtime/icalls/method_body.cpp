// System.Reflection.MethodBody: a method's code, locals and exception clauses as the metadata has them.
#include "icalls/method_body.h"

#include <cstring>

#include "base/list.h"
#include "metadata/method_body.h"

namespace leanclr::icalls {
namespace {

/// System.Reflection.RuntimeLocalVariableInfo's objects. Collects.
Result<Array*> local_variables(Thread& thread, Method& method, metadata::Token signature) {
  List<types::LocalVariable> locals =
      TRY(thread.types().read_locals(*method.declaring_type->assembly, signature, types::context_of(method)));
  Local<Array> array(thread.heap(), TRY(new_corelib_vector(thread, "System.Reflection", "LocalVariableInfo",
                                                           static_cast<uint32_t>(locals.size()))));
  for (uint32_t i = 0; i < locals.size(); ++i) {
    Object* local = TRY(new_corelib_object(thread, "System.Reflection", "RuntimeLocalVariableInfo"));
    array->elements<Ref<Object>>()[i] = local;
    TRY(set_field(thread, local, "type", TRY(mirror_of(thread, locals[i].type))));
    TRY(set_field<bool>(thread, local, "is_pinned", locals[i].pinned));
    TRY(set_field<uint16_t>(thread, local, "position", static_cast<uint16_t>(i)));
  }
  return array.get();
}

Status fill_clause(Thread& thread, Method& method, Object* object, const metadata::ExceptionClause& clause) {
  auto set = [&](const char* field, uint32_t value) {
    return set_field<int32_t>(thread, object, field, static_cast<int32_t>(value));
  };
  TRY(set("flags", static_cast<uint32_t>(clause.kind)));
  TRY(set("try_offset", clause.try_begin));
  TRY(set("try_length", clause.try_end - clause.try_begin));
  TRY(set("handler_offset", clause.handler_begin));
  TRY(set("handler_length", clause.handler_end - clause.handler_begin));
  TRY(set("filter_offset", clause.filter_begin));
  if (clause.kind != metadata::ClauseKind::Catch) return {};
  Type* caught = TRY(thread.types().resolve_type(*method.declaring_type->assembly, clause.catch_type,
                                                 types::context_of(method)));
  return set_field(thread, object, "catch_type", TRY(mirror_of(thread, caught)));
}

Result<Array*> clauses(Thread& thread, Method& method, const metadata::MethodBody& body) {
  Local<Array> array(thread.heap(),
                     TRY(new_corelib_vector(thread, "System.Reflection", "ExceptionHandlingClause",
                                            static_cast<uint32_t>(body.clauses.size()))));
  for (uint32_t i = 0; i < body.clauses.size(); ++i) {
    Object* clause = TRY(new_corelib_object(thread, "System.Reflection", "RuntimeExceptionHandlingClause"));
    array->elements<Ref<Object>>()[i] = clause;
    TRY(fill_clause(thread, method, clause, body.clauses[i]));
  }
  return array.get();
}

}  // namespace

Result<Object*> method_body(Thread& thread, Method* method) {
  if (method->rva == 0 || method->row == 0) return static_cast<Object*>(nullptr);
  const metadata::Image& image = method->declaring_type->assembly->image();
  Bytes bytes = TRY(image.at_rva(method->rva));
  metadata::MethodBody body =
      TRY(metadata::read_method_body(bytes, static_cast<uint32_t>(bytes.data() - image.bytes().data())));
  Local<Object> result(thread.heap(),
                       TRY(new_corelib_object(thread, "System.Reflection", "RuntimeMethodBody")));
  auto set_object = [&](const char* field, Object* value) {
    return set_field(thread, result, field, value);
  };
  Array* code = TRY(new_corelib_vector(thread, "System", "Byte", static_cast<uint32_t>(body.code.size())));
  std::memcpy(code->data(), body.code.data(), body.code.size());
  TRY(set_object("_IL", code));
  TRY(set_object("_localVariables", TRY(local_variables(thread, *method, body.local_signature))));
  TRY(set_object("_exceptionHandlingClauses", TRY(clauses(thread, *method, body))));
  TRY(set_field<int32_t>(thread, result, "_localSignatureMetadataToken",
                         static_cast<int32_t>(body.local_signature.value)));
  TRY(set_field<int32_t>(thread, result, "_maxStackSize", body.max_stack));
  TRY(set_field<bool>(thread, result, "_initLocals", body.init_locals));
  return result.get();
}

}  // namespace leanclr::icalls
