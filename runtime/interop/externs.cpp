// What a registry knows of the externs of an assembly, and of libraries by name (System.Runtime.InteropServices.NativeLibrary).
#include "base/text.h"
#include "interop/registry_bound.h"

namespace leanclr::interop {

using metadata::Table;
using types::Method;

namespace {

void add_column(std::string& line, std::string_view text) {
  line += '\t';
  for (char c : text) line += c == '\t' || c == '\n' ? ' ' : c;
}

}  // namespace

/// Whether the method binds, and to what. Binding leaves the method alone: its next call binds it anew.
Status Registry::add_extern(types::TypeSystem& types, Method& method, std::string& text) {
  const Names names = TRY(names_of(types, method));
  std::string line = Key{names.library, names.name, names.parameters}.text();
  add_column(line, names.library);
  add_column(line, names.entry_point);
  std::vector<std::string> tried;
  const Entry* entry = TRY(find(names, tried));
  Status status;
  if (!entry) {
    status = not_found(names, tried);
  } else {
    Result<const abi::NativeEntry*> bound = make_bound(types, method, *entry);
    if (!bound.ok()) status = bound.take_error();
  }
  add_column(line, status.ok() ? "bound" : entry ? "mismatch" : "missing");
  add_column(line, !entry ? "" : entry->native.invoke == invoke_host ? "JavaScript" : entry->native.invoke == invoke_function ? "function" : "C++");
  add_column(line, entry ? entry->text : "");
  if (!status.ok()) add_column(line, status.take_error().message());
  else add_column(line, "");
  text += line + "\n";
  return {};
}

Result<std::string> Registry::externs(types::TypeSystem& types, types::Assembly& assembly) {
  const metadata::Image& image = assembly.image();
  std::string text;
  for (uint32_t row = 1; row <= image.row_count(Table::ImplMap); ++row) {
    const metadata::Token token = TRY(image.row<Table::ImplMap>(row)).member_forwarded;
    if (token.table() != Table::MethodDef) continue;
    TRY(add_extern(types, *TRY(types.resolve_method(assembly, token, {})), text));
  }
  return text;
}

Address Registry::library_handle(std::string_view name) {
  const std::string wanted = library_name(name);
  for (size_t i = 0; i < libraries_.size(); ++i)
    if (*libraries_[i] == wanted) return static_cast<Address>(i + 1);
  for (const Entry* entry : entries_) {
    if (entry->key.library != wanted) continue;
    libraries_.add(new std::string(wanted));
    return static_cast<Address>(libraries_.size());
  }
  return 0;
}

const std::string* Registry::library_of(Address handle) const { return handle && handle <= libraries_.size() ? libraries_[handle - 1] : nullptr; }

Result<Address> Registry::export_address(Address handle, std::string_view name) {
  const std::string* library = library_of(handle);
  if (!library) return failure(ErrorKind::Argument, "The handle is none of NativeLibrary's.");
  const Entry* entry = look_up(Key{*library, std::string(name), {}}.text());
  if (!entry) return failure_with(ErrorKind::EntryPointNotFound, "Unable to find an entry point named '%' in library '%'.", {name, *library});
  if (!entry->native.target || entry->native.seed_invoker)
    return failure_with(ErrorKind::EntryPointNotFound, "'%' has no address: it is a JavaScript function, or has an invoker of its own; declare it with [DllImport]", {entry->text});
  return native_code_.expose(entry->native.target);
}

}  // namespace leanclr::interop
