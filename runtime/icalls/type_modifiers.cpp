// Custom modifiers (§II.23.2.7) of fields, properties and parameters, as types.
#include "base/list.h"
#include "icalls/member_rows.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;

/// The modifiers at the reader's position. The newest reading of a signature puts the last one first.
Result<Object*> modifiers_at(Thread& thread, Type& owner, Reader& reader, bool optional) {
  ElementType wanted = optional ? ElementType::CModOpt : ElementType::CModReqd;
  List<Type*> found;
  for (;;) {
    size_t at = reader.position();
    ElementType element = static_cast<ElementType>(TRY(reader.u8()));
    if (element != ElementType::CModOpt && element != ElementType::CModReqd) {
      TRY(reader.seek(at));
      break;
    }
    metadata::Token token = TRY(metadata::read_type_token(reader));
    if (element == wanted)
      found.insert(found.begin(),
                   TRY(thread.types().resolve_type(*owner.assembly, token, types::context_of(owner))));
  }
  Array* array = TRY(new_corelib_vector(thread, "System", "Type", static_cast<uint32_t>(found.size())));
  for (size_t i = 0; i < found.size(); ++i)
    array->elements<Ref<Object>>()[i] = TRY(mirror_of(thread, *found[i]));
  return array;
}

/// Modifiers deep inside a generic argument are not told apart.
Status outermost_only(int32_t generic_argument) {
  if (generic_argument < 0) return {};
  return not_supported("Custom modifiers of generic arguments are not supported.");
}

Result<Object*> of_field(Thread& thread, Object* mirror, bool optional, int32_t generic_argument) {
  TRY(outermost_only(generic_argument));
  Field& field = *TRY(field_of_mirror(thread, mirror));
  Type& owner = *field.declaring_type;
  const metadata::Image& image = owner.assembly->image();
  Reader reader = TRY(image.blob_reader(TRY(image.row<Table::Field>(field.row)).signature));
  TRY(reader.u8());  // §II.23.2.4: FIELD
  return modifiers_at(thread, owner, reader, optional);
}

Result<Object*> of_property(Thread& thread, Object* mirror, bool optional, int32_t generic_argument) {
  TRY(outermost_only(generic_argument));
  Property& property = *TRY(property_of_mirror(thread, mirror));
  Type& owner = *property.declaring_type;
  const metadata::Image& image = owner.assembly->image();
  Reader reader = TRY(image.blob_reader(TRY(image.row<Table::Property>(property.row)).type));
  TRY(reader.u8());  // §II.23.2.5: PROPERTY
  TRY(reader.compressed_u32());
  return modifiers_at(thread, owner, reader, optional);
}

/// `position` -1 is the result.
Result<Object*> of_parameter(Thread& thread, Object*, Object* member, int32_t position, bool optional,
                             int32_t generic_argument) {
  TRY(outermost_only(generic_argument));
  if (is(member->type->name, "RuntimePropertyInfo"))
    return of_property(thread, member, optional, generic_argument);
  Method& method = *TRY(method_of_mirror(thread, member));
  Type& owner = *method.declaring_type;
  if (!method.row) return static_cast<Object*>(nullptr);
  const metadata::Image& image = owner.assembly->image();
  Reader reader = TRY(image.blob_reader(TRY(image.row<Table::MethodDef>(method.row)).signature));
  TRY(metadata::read_method_header(reader));
  for (int32_t i = -1; i < position; ++i)
    TRY(thread.types().read_type(*owner.assembly, reader, types::context_of(method)));
  return modifiers_at(thread, owner, reader, optional);
}

constexpr NativeEntry kFieldRows[] = {allocating<of_field>("GetTypeModifiers")};
constexpr NativeEntry kPropertyRows[] = {allocating<of_property>("GetTypeModifiers")};
constexpr NativeEntry kParameterRows[] = {allocating<of_parameter>("GetTypeModifiers")};

}  // namespace

constinit const NativeClass kFieldModifiers{"System.Reflection.RuntimeFieldInfo", kFieldRows};
constinit const NativeClass kPropertyModifiers{"System.Reflection.RuntimePropertyInfo", kPropertyRows};
constinit const NativeClass kParameterModifiers{"System.Reflection.RuntimeParameterInfo", kParameterRows};

}  // namespace leanclr::icalls
