// How an extern method finds its entry, and what it is told when there is none.
#include <algorithm>

#include "abi/bind.h"
#include "base/list.h"
#include "base/sort.h"
#include "interop/host_signature.h"
#include "interop/native_signature.h"
#include "interop/registry.h"
#include "interop/registry_bound.h"

namespace leanclr::interop {
namespace {

/// Levenshtein's distance, for "did you mean".
size_t distance(std::string_view a, std::string_view b) {
  List<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "'" : ", '") + text + "'";
  return result;
}

}  // namespace

size_t Registry::position_of(std::string_view text) const {
  auto found = std::lower_bound(entries_.begin(), entries_.end(), text,
                                [](const Entry* entry, std::string_view wanted) { return entry->text < wanted; });
  return static_cast<size_t>(found - entries_.begin());
}

const Registry::Entry* Registry::look_up(std::string_view text) const {
  const size_t at = position_of(text);
  return at < entries_.size() && entries_[at]->text == text ? entries_[at] : nullptr;
}

Result<const Registry::Entry*> Registry::find(const Declaration& declaration, std::vector<std::string>& tried) const {
  // With the bracket, either name may stand in it; if both do, nobody can tell which is meant.
  auto bracketed = [&](const std::string& rest) -> Result<const Entry*> {
    std::string by_assembly = Key{declaration.assembly, rest, {}}.text();
    std::string by_library = Key{declaration.library, rest, {}}.text();
    tried.push_back(by_assembly);
    const Entry* first = look_up(by_assembly);
    if (declaration.library.empty() || by_library == by_assembly) return first;
    tried.push_back(by_library);
    const Entry* second = look_up(by_library);
    if (first && second)
      return failure_with(ErrorKind::AmbiguousEntry, "%% is served by two entries: '%' and '%'", {declaration.name, declaration.parameters, by_assembly, by_library});
    return first ? first : second;
  };
  auto plain = [&](const std::string& text) {
    tried.push_back(text);
    return look_up(text);
  };
  std::string full = declaration.name + declaration.parameters;
  if (const Entry* entry = TRY(bracketed(full))) return entry;
  if (const Entry* entry = plain(full)) return entry;
  if (const Entry* entry = TRY(bracketed(declaration.name))) return entry;
  if (const Entry* entry = plain(declaration.name)) return entry;
  if (declaration.library.empty()) return nullptr;
  return plain(Key{declaration.library, declaration.entry_point, {}}.text());
}

Failure Registry::not_found(const Declaration& declaration, const std::vector<std::string>& tried) const {
  bool library_known = false;
  std::vector<std::pair<size_t, std::string>> near;
  std::string wanted = declaration.name + declaration.parameters;
  for (const auto& entry : entries_) {
    const Key& key = entry->key;
    if (!key.library.empty() && key.library == declaration.library) library_known = true;
    bool is_method = key.name.find("::") != std::string::npos;
    std::string comparable = is_method ? key.name + (key.parameters.empty() ? declaration.parameters : key.parameters) : key.name;
    size_t far = is_method ? distance(comparable, wanted) : distance(comparable, declaration.entry_point);
    if (far <= std::max<size_t>(3, (is_method ? wanted : declaration.entry_point).size() / 4)) near.push_back({far, entry->text});
  }
  stable_sort(std::span(near), [](auto& a, auto& b) { return a < b; });
  if (near.size() > 3) near.resize(3);
  std::string text = library_known ? "Unable to find an entry point named '" + declaration.entry_point + "' in library '" +
                                         declaration.library + "'."
                                   : "Unable to load library '" + declaration.library + "': nothing is registered for it.";
  text += " Register a function under '" + tried.front() + "'. Tried: " + quoted_list(tried) + ".";
  std::vector<std::string> names;
  for (auto& [far, name] : near) names.push_back(name);
  if (!names.empty()) text += " Registered under a similar name: " + quoted_list(names) + ".";
  return failure(library_known || !near.empty() ? ErrorKind::EntryPointNotFound : ErrorKind::DllNotFound,
                 text);
}

Result<const abi::NativeEntry*> Registry::bind(types::TypeSystem& types, types::Method& method) {
  const metadata::Image& image = method.declaring_type->assembly->image();
  Declaration declaration;
  declaration.assembly = std::string(method.declaring_type->assembly->name());
  metadata::Token token(metadata::Table::MethodDef, method.row);
  metadata::RowRange rows = image.rows_with_key<metadata::Table::ImplMap>(token.value);
  declaration.entry_point = std::string(method.name);
  if (!rows.empty()) {
    metadata::ImplMapRow map = TRY(image.row<metadata::Table::ImplMap>(rows.begin));
    metadata::ModuleRefRow module = TRY(image.row<metadata::Table::ModuleRef>(map.import_scope));
    declaration.library = library_name(TRY(image.string(module.name)));
    std::string_view entry = TRY(image.string(map.import_name));
    if (!entry.empty()) declaration.entry_point = std::string(entry);
  }
  TRY(types.signature_of(method));
  std::string full = types.full_name(method);
  size_t open = full.find('(');
  declaration.name = full.substr(0, open);
  declaration.parameters = open == std::string::npos ? "" : full.substr(open);
  std::vector<std::string> tried;
  const Entry* entry = TRY(find(declaration, tried));
  if (!entry && !method.is_pinvoke())
    return failure_with(ErrorKind::MissingInternalCall, "internal call %: register a function under '%'", {full, tried.front()});
  if (!entry) return not_found(declaration, tried);
  return make_bound(types, method, *entry);
}

Result<const abi::NativeEntry*> Registry::make_bound(types::TypeSystem& types, types::Method& method, const Entry& entry) {
  const types::MethodSignature& signature = *TRY(types.signature_of(method));
  TRY(types.ensure(*signature.return_type, types::TypeState::Sized));
  for (types::Type* parameter : signature.parameters) TRY(types.ensure(*parameter, types::TypeState::Sized));
  auto bound = std::make_unique<Bound>();
  bound->registry = this;
  bound->method = &method;
  bound->native = entry.native;
  bound->native.plan = bound.get();
  if (entry.native.invoke == invoke_host) {
    bound->host_signature = TRY(host_signature(types, method));
  } else if (entry.native.invoke == invoke_function) {
    const std::string name = types.full_name(method);
    const NativeSignature lowered = TRY(lower_signature(types, signature, name));
    Result<NativeFunction> function = native_code_.bind(entry.native.target, lowered.abi);
    if (!function.ok()) {
      const Error error = function.take_error();
      return failure_with(error.kind(), "% does not fit what is registered under '%': %", {name, entry.native.name, error.message()});
    }
    bound->function = function.value();
    bound->result = lowered.small[0];
  } else if (entry.native.letters) {
    abi::Letters managed = abi::letters_of(signature);
    if (!abi::letters_agree(entry.native.letters, managed.view()))
      return failure_with(ErrorKind::MarshalDirective, "% does not fit the C++ function registered under '%': managed %, native % (result, then parameters: v void, i int32 or less, l int64, f float, d double, p address, o object, s struct slot)", {types.full_name(method), entry.native.name, managed.view(), entry.native.letters});
  }
  return &bound_.add(bound.release()).native;
}

}  // namespace leanclr::interop
