// Reading PropertyMap, EventMap and MethodSemantics (§II.22.28, §II.22.34–35).
#include "icalls/member_rows.h"

#include "base/list.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::RowNumber;
using metadata::Table;

enum Semantics : uint16_t { kSetter = 1, kGetter = 2, kAddOn = 8, kRemoveOn = 16, kFire = 32 };

Method* method_with_row(Type& type, RowNumber row) {
  for (Method& method : type.methods)
    if (method.row == row) return &method;
  return nullptr;
}

/// Calls assign(semantics, method) for each accessor of a property or event.
template <typename Assign>
Status for_each_accessor(Type& type, metadata::Token association, Assign assign) {
  const metadata::Image& image = type.assembly->image();
  metadata::RowRange rows = image.rows_with_key<Table::MethodSemantics>(association.value);
  for (RowNumber number = rows.begin; number < rows.end; ++number) {
    auto row = TRY(image.row<Table::MethodSemantics>(number));
    if (Method* method = method_with_row(type, row.method)) assign(row.semantics, method);
  }
  return {};
}

Status fill(Type& type, Property& property) {
  auto row = TRY(type.assembly->image().row<Table::Property>(property.row));
  property.attributes = row.flags;
  property.name = TRY(type.assembly->image().string(row.name));
  return for_each_accessor(type, metadata::Token(Table::Property, property.row),
                           [&](uint16_t semantics, Method* method) {
                             if (semantics & kGetter) property.getter = method;
                             if (semantics & kSetter) property.setter = method;
                           });
}

Status fill(Type& type, Event& event) {
  auto row = TRY(type.assembly->image().row<Table::Event>(event.row));
  event.attributes = row.flags;
  event.name = TRY(type.assembly->image().string(row.name));
  return for_each_accessor(type, metadata::Token(Table::Event, event.row),
                           [&](uint16_t semantics, Method* method) {
                             if (semantics & kAddOn) event.add = method;
                             if (semantics & kRemoveOn) event.remove = method;
                             if (semantics & kFire) event.raise = method;
                           });
}

template <typename Member>
Result<List<Member*>> members(Thread& thread, Type& type, Table table, metadata::RowRange rows) {
  List<Member*> result;
  for (RowNumber number = rows.begin; number < rows.end; ++number) {
    const uint32_t token = metadata::Token(table, number).value, hash = combine_hashes(address_of(&type), token);
    HashTable<MemberRow*>& rows_known = state_of(thread).member_rows;
    MemberRow* known = rows_known.find(hash, [&](const MemberRow* row) { return row->type == &type && row->token == token; });
    if (!known) {
      Arena& arena = thread.types().arena();
      auto* member = arena.make<Member>();
      member->declaring_type = &type;
      member->row = number;
      TRY(fill(type, *member));
      known = arena.make<MemberRow>(MemberRow{&type, token, member});
      rows_known.insert(hash, known);
    }
    result.push_back(static_cast<Member*>(known->member));
  }
  return result;
}

bool has_rows(const Type& type) {
  return type.assembly && type.row && !type.is_array() && !type.is_pointer_like();
}

}  // namespace

Result<List<Property*>> properties_of(Thread& thread, Type& type) {
  TRY(thread.types().ensure(type, TypeState::Linked));
  if (!has_rows(type)) return List<Property*>();
  const metadata::Image& image = type.assembly->image();
  metadata::RowRange map = image.rows_with_key<Table::PropertyMap>(type.row);
  if (map.empty()) return List<Property*>();
  return members<Property>(thread, type, Table::Property, TRY(image.properties_of(map.begin)));
}

Result<List<Event*>> events_of(Thread& thread, Type& type) {
  TRY(thread.types().ensure(type, TypeState::Linked));
  if (!has_rows(type)) return List<Event*>();
  const metadata::Image& image = type.assembly->image();
  metadata::RowRange map = image.rows_with_key<Table::EventMap>(type.row);
  if (map.empty()) return List<Event*>();
  return members<Event>(thread, type, Table::Event, TRY(image.events_of(map.begin)));
}

}  // namespace leanclr::icalls
