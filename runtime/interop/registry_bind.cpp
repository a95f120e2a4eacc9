// How an extern method finds its entry, and what it is told when there is none.
#include <algorithm>

#include "abi/bind.h"
#include "interop/declaration.h"
#include "base/list.h"
#include "base/sort.h"
#include "interop/host_signature.h"
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

const char* meaning_of(char letter) {
  switch (letter) {
    case 'v': return "nothing";
    case 'l': return "a 64-bit integer";
    case 'f': return "a float";
    case 'd': return "a double";
    case 'o': return "an object reference";
    case 's': return "a struct";
    default: return "an integer of 32 bits or less or a pointer";
  }
}

/// Where a C++ function and a declaration part, in words. Both are letters, the result first; a struct has one per slot.
std::string difference(std::string_view native, std::string_view managed) {
  size_t at = 0;
  while (at < native.size() && at < managed.size() && abi::letters_agree(std::string(native.substr(0, at + 1)).c_str(), managed.substr(0, at + 1))) ++at;
  const size_t open = managed.find('(');
  auto value_at = [](std::string_view letters, size_t index) { return index < letters.size() && letters[index] != '(' ? meaning_of(letters[index]) : "nothing"; };
  std::string text;
  if (at <= open) {
    text = std::string("C# expects ") + value_at(managed, at) + " as the result, the function gives " + value_at(native, at);
  } else {
    text = "C# passes " + std::string(value_at(managed, at)) + " at slot " + std::to_string(at - open) + ", the function takes " + value_at(native, at);
  }
  return text + " (managed " + std::string(managed) + ", native " + std::string(native) + ": result, then parameters; v void, i int32 or less, l int64, f float, d double, p address, o object, s struct slot)";
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

Result<const Registry::Entry*> Registry::find(const Names& names, std::vector<std::string>& tried) const {
  // With the bracket, either name may stand in it; if both do, nobody can tell which is meant.
  auto bracketed = [&](const std::string& rest) -> Result<const Entry*> {
    std::string by_assembly = Key{names.assembly, rest, {}}.text();
    std::string by_library = Key{names.library, rest, {}}.text();
    tried.push_back(by_assembly);
    const Entry* first = look_up(by_assembly);
    if (names.library.empty() || by_library == by_assembly) return first;
    tried.push_back(by_library);
    const Entry* second = look_up(by_library);
    if (first && second)
      return failure_with(ErrorKind::AmbiguousEntry, "%% is served by two entries: '%' and '%'", {names.name, names.parameters, by_assembly, by_library});
    return first ? first : second;
  };
  auto plain = [&](const std::string& text) {
    tried.push_back(text);
    return look_up(text);
  };
  std::string full = names.name + names.parameters;
  if (const Entry* entry = TRY(bracketed(full))) return entry;
  if (const Entry* entry = plain(full)) return entry;
  if (const Entry* entry = TRY(bracketed(names.name))) return entry;
  if (const Entry* entry = plain(names.name)) return entry;
  if (names.library.empty()) return nullptr;
  if (const Entry* entry = plain(Key{names.library, names.entry_point, {}}.text())) return entry;
  return names.other_entry_point.empty() ? nullptr : plain(Key{names.library, names.other_entry_point, {}}.text());
}

Failure Registry::not_found(const Names& names, const std::vector<std::string>& tried) const {
  bool library_known = false;
  std::vector<std::pair<size_t, std::string>> near;
  std::string wanted = names.name + names.parameters;
  for (const auto& entry : entries_) {
    const Key& key = entry->key;
    if (!key.library.empty() && key.library == names.library) library_known = true;
    bool is_method = key.name.find("::") != std::string::npos;
    std::string comparable = is_method ? key.name + (key.parameters.empty() ? names.parameters : key.parameters) : key.name;
    size_t far = is_method ? distance(comparable, wanted) : distance(comparable, names.entry_point);
    if (far <= std::max<size_t>(3, (is_method ? wanted : names.entry_point).size() / 4)) near.push_back({far, entry->text});
  }
  stable_sort(std::span(near), [](auto& a, auto& b) { return a < b; });
  if (near.size() > 3) near.resize(3);
  std::string text = library_known ? "Unable to find an entry point named '" + names.entry_point + "' in library '" +
                                         names.library + "'."
                                   : "Unable to load library '" + names.library + "': nothing is registered for it.";
  text += " Register a function under '" + tried.front() + "'. Tried: " + quoted_list(tried) + ".";
  std::vector<std::string> similar;
  for (auto& [far, name] : near) similar.push_back(name);
  if (!similar.empty()) text += " Registered under a similar name: " + quoted_list(similar) + ".";
  return failure(library_known ? ErrorKind::EntryPointNotFound : ErrorKind::DllNotFound, text);
}

Result<Registry::Names> Registry::names_of(types::TypeSystem& types, types::Method& method) {
  const Declaration declaration = TRY(declaration_of(types, method));
  Names names;
  names.assembly = std::string(method.declaring_type->assembly->name());
  names.library = library_name(declaration.library);
  names.entry_point = std::string(declaration.entry_point);
  if (!declaration.exact_spelling) names.other_entry_point = names.entry_point + (declaration.char_set == CharSet::Utf16 ? "W" : "A");
  std::string full = types.full_name(method);
  size_t open = full.find('(');
  names.name = full.substr(0, open);
  names.parameters = open == std::string::npos ? "" : full.substr(open);
  return names;
}

Result<const abi::NativeEntry*> Registry::bind(types::TypeSystem& types, types::Method& method, std::string_view library) {
  Names names = TRY(names_of(types, method));
  if (!library.empty()) names.library = std::string(library);
  std::vector<std::string> tried;
  const Entry* entry = TRY(find(names, tried));
  if (!entry && !method.is_pinvoke())
    return failure_with(ErrorKind::MissingInternalCall, "internal call %: register a function under '%'", {names.name + names.parameters, tried.front()});
  if (!entry) return not_found(names, tried);
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
  if (entry.native.invoke == invoke_host) bound->host_signature = TRY(host_signature(types, method));
  else if (entry.native.letters || entry.native.invoke == invoke_function) TRY(plan(types, method, *bound));
  if (traces_ && !entry.is_own && bound->native.invoke != invoke_host) {
    bound->host_signature = std::string(entry.text) + '\n' + TRY(host_signature(types, method));
    bound->traced = bound->native;
    bound->native.invoke = invoke_traced;
  }
  return &bound_.add(bound.release()).native;
}

Status Registry::plan(types::TypeSystem& types, types::Method& method, Bound& bound) {
  bound.plan = TRY(make_plan(marshalling_.forms, method, bound.native.letters));
  auto refuse = [&](std::string_view why) {
    return failure_with(ErrorKind::MarshalDirective, "% does not fit what is registered under '%': %", {types.full_name(method), bound.native.name, why});
  };
  if (bound.native.letters) {
    const abi::Letters managed = letters_of(bound.plan);
    if (!abi::letters_agree(bound.native.letters, managed.view())) return refuse(difference(bound.native.letters, managed.view()));
  } else {
    Result<Lowering> lowering = lower(bound.plan);
    if (!lowering.ok()) return refuse(lowering.take_error().message());
    bound.lowering = lowering.take_value();
    Result<NativeFunction> function = native_code_.bind(bound.native.target, bound.lowering.abi);
    if (!function.ok()) {
      const Error error = function.take_error();
      return error.kind() == ErrorKind::MarshalDirective ? refuse(error.message()) : failure(error.kind(), std::string(error.message()));
    }
    bound.function = function.value();
  }
  if (bound.plan.is_trivial) return {};
  bound.target = bound.native;
  bound.native.invoke = invoke_planned;
  return {};
}

}  // namespace leanclr::interop
