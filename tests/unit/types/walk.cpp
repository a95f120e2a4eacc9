// The walk, table by table.
#include <vector>

#include "unit/types/walk.h"

namespace leanclr::test {

using metadata::RowNumber;
using metadata::Table;
using metadata::Token;
using types::GenericContext;
using types::Method;
using types::Type;
using types::TypeState;

namespace {

class Walk {
 public:
  Walk(types::TypeSystem& types, types::Assembly& assembly, Type& stand_in)
      : types_(types), assembly_(assembly), arguments_(kMostParameters, &stand_in) {}

  WalkResult run() {
    each<Table::TypeDef>([&](Token token) { walk_type(token); });
    each<Table::TypeRef>([&](Token token) { note(types_.resolve_type(assembly_, token, {})); });
    each<Table::TypeSpec>([&](Token token) { note(types_.resolve_type(assembly_, token, open())); });
    each<Table::Field>([&](Token token) { note(types_.resolve_field(assembly_, token, {})); });
    each<Table::MethodDef>([&](Token token) { walk_method(token); });
    each<Table::MemberRef>([&](Token token) { walk_member(token); });
    each<Table::MethodSpec>([&](Token token) { note(types_.resolve_method(assembly_, token, open())); });
    each<Table::StandAloneSig>([&](Token token) { walk_signature(token); });
    return result_;
  }

 private:
  static constexpr size_t kMostParameters = 64;
  GenericContext open() { return {arguments_, arguments_}; }

  template <Table T, typename Visit>
  void each(Visit visit) {
    for (RowNumber row = 1; row <= assembly_.image().row_count(T); ++row) visit(Token(T, row));
  }

  template <typename T>
  bool note(Result<T> result) {
    if (result.ok()) return ++result_.good, true;
    Error error = result.take_error();
    if (result_.bad++ == 0) result_.first_error = error.to_string();
    return false;
  }

  void walk_type(Token token) {
    auto found = types_.resolve_type(assembly_, token, {});
    if (!note(found) || !note(types_.ensure(*found.value(), TypeState::Complete))) return;
    Type& type = *found.value();
    if (type.flags.contains_generic_parameters || type.flags.interface || type.flags.abstract_) return;
    for (types::InterfaceEntry& entry : type.interfaces) {
      if (!note(types_.ensure(*entry.interface, TypeState::Linked))) continue;
      for (Method& method : entry.interface->methods) walk_interface_method(type, method);
    }
  }

  void walk_interface_method(Type& type, Method& method) {
    // What an interface takes back (`abstract` again) is a slot of its own that nobody fills or calls.
    constexpr uint16_t kPublic = 6;
    if (!method.is_virtual() || (method.attributes & types::kMethodAccessMask) != kPublic) return;
    note(method.is_static() ? types_.find_static_implementation(type, method)
                            : types_.find_implementation(type, method));
  }

  void walk_method(Token token) {
    auto method = types_.resolve_method(assembly_, token, {});
    if (note(method)) note(types_.signature_of(*method.value()));
  }

  uint8_t first_byte(metadata::BlobOffset offset) {
    auto blob = assembly_.image().blob(offset);
    return note(blob) && !blob.value().empty() ? blob.value()[0] : 0;
  }

  void walk_member(Token token) {
    auto row = assembly_.image().row<Table::MemberRef>(token.row());
    if (!note(row)) return;
    if (first_byte(row.value().signature) == metadata::kSigField)
      note(types_.resolve_field(assembly_, token, open()));
    else note(types_.resolve_method(assembly_, token, open()));
  }

  void walk_signature(Token token) {
    auto row = assembly_.image().row<Table::StandAloneSig>(token.row());
    if (!note(row)) return;
    uint8_t kind = first_byte(row.value().signature);
    if (kind == metadata::kSigLocals) note(types_.read_locals(assembly_, token, open()));
    else if (kind != metadata::kSigField) note(types_.resolve_call_site(assembly_, token, open()));
  }

  types::TypeSystem& types_;
  types::Assembly& assembly_;
  std::vector<Type*> arguments_;
  WalkResult result_;
};

}  // namespace

WalkResult walk_types(types::TypeSystem& types, types::Assembly& assembly, Type& stand_in) {
  return Walk(types, assembly, stand_in).run();
}

}  // namespace leanclr::test
