// See key.h.
#include "interop/key.h"

namespace leanclr::interop {

std::string library_name(std::string_view name) {
  constexpr std::string_view kSuffix = ".dll";
  if (name.size() > kSuffix.size() && name.substr(name.size() - kSuffix.size()) == kSuffix) name.remove_suffix(kSuffix.size());
  return std::string(name);
}

std::string Key::text() const { return (library.empty() ? "" : "[" + library + "]") + name + parameters; }

Result<Key> parse_key(std::string_view text) {
  auto bad = [&](const char* why) {
    return failure_with(ErrorKind::Argument, "'%' is no P/Invoke key: %; expected [Library]Namespace.Type::Method(System.Int32,System.String)", {text, why});
  };
  std::string plain;
  for (char c : text)
    if (c != ' ') plain.push_back(c);
  Key key;
  if (!plain.empty() && plain[0] == '[') {
    size_t end = plain.find(']');
    if (end == std::string::npos) return bad("the bracket is not closed");
    key.library = library_name(std::string_view(plain).substr(1, end - 1));
    if (key.library.empty()) return bad("the library name is empty");
    plain.erase(0, end + 1);
  }
  if (size_t open = plain.find('('); open != std::string::npos) {
    if (plain.back() != ')') return bad("the parameter list is not closed");
    key.parameters = plain.substr(open);
    plain.erase(open);
  }
  if (plain.empty()) return bad("the name is empty");
  key.name = plain;
  bool is_method = plain.find("::") != std::string::npos;
  if (!is_method && key.library.empty()) return bad("an entry point wants its library in brackets");
  if (!is_method && !key.parameters.empty()) return bad("an entry point has no parameter list");
  return key;
}

}  // namespace leanclr::interop
