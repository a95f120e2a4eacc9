// TypeSystem: assemblies, the well-known types of CoreLib, roots.
#include "types/interned.h"

namespace leanclr::types {

using metadata::Image;
using metadata::Table;

namespace {

bool same_letter(char a, char b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b);
}

bool same_assembly_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (!same_letter(a[i], b[i])) return false;
  return true;
}

Result<std::string> simple_name_of(const Image& image) {
  if (image.row_count(Table::Assembly) == 0)
    return failure(ErrorKind::BadImage, "a module without an assembly manifest", {image.file_name()});
  auto row = TRY(image.row<Table::Assembly>(1));
  return std::string(TRY(image.string(row.name)));
}

struct WellKnown {
  Type* WellKnownTypes::*field;
  const char* name_space;
  const char* name;
  bool optional;
};
constexpr WellKnown kWellKnown[] = {
#define WELL_KNOWN(field, name_space, name) {&WellKnownTypes::field, name_space, name, false},
#define WELL_KNOWN_OPTIONAL(field, name_space, name) {&WellKnownTypes::field, name_space, name, true},
#include "types/well_known.def"
#undef WELL_KNOWN
};

struct Primitive {
  Type* WellKnownTypes::*field;
  ElementType element_type;
  uint8_t bytes;
};
constexpr Primitive kPrimitives[] = {
    {&WellKnownTypes::boolean, ElementType::Boolean, 1}, {&WellKnownTypes::char_, ElementType::Char, 2},
    {&WellKnownTypes::int8, ElementType::I1, 1},         {&WellKnownTypes::uint8, ElementType::U1, 1},
    {&WellKnownTypes::int16, ElementType::I2, 2},        {&WellKnownTypes::uint16, ElementType::U2, 2},
    {&WellKnownTypes::int32, ElementType::I4, 4},        {&WellKnownTypes::uint32, ElementType::U4, 4},
    {&WellKnownTypes::int64, ElementType::I8, 8},        {&WellKnownTypes::uint64, ElementType::U8, 8},
    {&WellKnownTypes::intptr, ElementType::I, 4},        {&WellKnownTypes::uintptr, ElementType::U, 4},
    {&WellKnownTypes::single, ElementType::R4, 4},       {&WellKnownTypes::double_, ElementType::R8, 8},
};

/// Gives a CoreLib primitive what no layout can compute: Int32's only field is an Int32.
void bind_primitive(Type& type, ElementType element_type, uint32_t size) {
  type.element_type = element_type;
  type.flags.primitive = true;
  type.value_size = type.alignment = size;
}

}  // namespace

TypeSystem::TypeSystem(Region& region, AssemblyResolver resolver, void* resolver_context)
    : region_(region),
      arena_(region),
      resolver_(resolver),
      resolver_context_(resolver_context),
      interned_(std::make_unique<Interned>()) {}

TypeSystem::~TypeSystem() = default;

Result<Assembly*> TypeSystem::add_assembly(std::string file_name, Bytes bytes) {
  auto image = TRY(Image::parse(std::move(file_name), bytes));
  std::string name = TRY(simple_name_of(*image));
  if (find_assembly(name))
    return failure_with(ErrorKind::DuplicateEntry, "an assembly named % is already loaded", {name},
                   {image->file_name()});
  return &assemblies_.add(new Assembly(std::move(image), std::move(name)));
}

Assembly* TypeSystem::find_assembly(std::string_view simple_name) const {
  for (const auto& assembly : assemblies_)
    if (same_assembly_name(assembly->name(), simple_name)) return assembly;
  return nullptr;
}

Result<Assembly*> TypeSystem::load_assembly(std::string_view simple_name, std::string_view requested_by) {
  if (Assembly* loaded = find_assembly(simple_name)) return loaded;
  if (Assembly* resolved = resolver_ ? resolver_(resolver_context_, simple_name, requested_by) : nullptr)
    return resolved;
  std::string message("assembly ");
  message.append(simple_name).append(" is not loaded; ").append(requested_by).append(" refers to it");
  return failure(ErrorKind::FileNotFound, std::move(message), {std::string(simple_name) + ".dll"});
}

std::vector<std::string> TypeSystem::missing_references() const {
  std::vector<std::string> missing;
  auto is_listed = [&](std::string_view name) {
    for (const std::string& listed : missing)
      if (same_assembly_name(listed, name)) return true;
    return false;
  };
  for (const auto& assembly : assemblies_) {
    const Image& image = assembly->image();
    for (uint32_t number = 1; number <= image.row_count(Table::AssemblyRef); ++number) {
      uint32_t offset = value_or(image.row<Table::AssemblyRef>(number), {}).name;
      std::string_view name = value_or(image.string(offset), {});
      if (!name.empty() && !find_assembly(name) && !is_listed(name)) missing.emplace_back(name);
    }
  }
  return missing;
}

Status TypeSystem::bind_corelib() {
  Assembly* corelib = TRY(load_assembly("System.Private.CoreLib", "the runtime"));
  for (const WellKnown& row : kWellKnown) {
    Type* type = row.optional ? TRY(find_type(*corelib, row.name_space, row.name))
                              : TRY(type_by_name(*corelib, row.name_space, row.name));
    known_.*row.field = type;
  }
  for (const Primitive& row : kPrimitives) bind_primitive(*(known_.*row.field), row.element_type, row.bytes);
  known_.void_->element_type = ElementType::Void;
  known_.string->element_type = ElementType::String;
  known_.object->element_type = ElementType::Object;
  return {};
}

void TypeSystem::visit_roots(RootVisitor visit, void* context) {
  for (const auto& assembly : assemblies_) {
    visit(context, &assembly->mirror);
    visit(context, &assembly->module_mirror);
  }
  for (Type* type : interned_->types) {
    if (type->mirror) visit(context, &type->mirror);
    for (uint32_t offset : type->static_references)
      visit(context, reinterpret_cast<Ref<void>*>(type->statics + offset));
  }
}

}  // namespace leanclr::types
