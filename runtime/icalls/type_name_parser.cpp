// Finding types by reflection's names: "Ns.Outer+Inner`1[[Ns.Arg, Assembly]][]&, Assembly, Version=…".
// Only an assembly's simple name counts; version, culture and key are read over.
#include <algorithm>

#include "base/list.h"
#include "icalls/shared.h"
#include "icalls/type_names.h"

namespace leanclr::icalls {
namespace {

using metadata::RowNumber;
using metadata::Table;

constexpr std::string_view kEndsName = "[]&*,";

bool same_without_case(std::string_view one, std::string_view other) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](char a, char b) { return lower(a) == lower(b); });
}

/// Looks a type up in one assembly without regard to case, row by row.
class CaselessSearch {
 public:
  CaselessSearch(types::TypeSystem& types, types::Assembly& assembly) : types_(types), assembly_(&assembly) {}

  /// `name` has the outer types' names before it, each with a slash.
  Result<Type*> find(std::string_view name_space, std::string_view name) {
    size_t slash = std::min(name.find('/'), name.size());
    Type* type = TRY(outermost(name_space, name.substr(0, slash)));
    while (type && slash < name.size()) {
      name.remove_prefix(slash + 1);
      slash = std::min(name.find('/'), name.size());
      assembly_ = type->assembly;
      type = TRY(defined_in(type->row, {}, name.substr(0, slash)));
    }
    return type;
  }

 private:
  Result<Type*> outermost(std::string_view name_space, std::string_view name) {
    if (Type* type = TRY(defined_in(0, name_space, name))) return type;
    const metadata::Image& image = assembly_->image();
    for (RowNumber number = 1; number <= image.row_count(Table::ExportedType); ++number) {
      auto row = TRY(image.row<Table::ExportedType>(number));
      std::string_view own = TRY(image.string(row.type_name)), own_space = TRY(image.string(row.type_namespace));
      if (same_without_case(own, name) && same_without_case(own_space, name_space)) return types_.find_type(*assembly_, own_space, own);
    }
    return static_cast<Type*>(nullptr);
  }

  Result<Type*> defined_in(RowNumber outer, std::string_view name_space, std::string_view name) {
    const metadata::Image& image = assembly_->image();
    for (RowNumber number = 2; number <= image.row_count(Table::TypeDef); ++number) {
      if (image.enclosing_type(number) != outer) continue;
      auto row = TRY(image.row<Table::TypeDef>(number));
      if (same_without_case(TRY(image.string(row.type_name)), name) && same_without_case(TRY(image.string(row.type_namespace)), name_space))
        return types_.resolve_type(*assembly_, metadata::Token(Table::TypeDef, number), {});
    }
    return static_cast<Type*>(nullptr);
  }

  types::TypeSystem& types_;
  types::Assembly* assembly_;
};

class Parser {
 public:
  Parser(Thread& thread, types::Assembly& home, std::string_view text, bool ignore_case)
      : thread_(thread), home_(home), text_(text), ignores_case_(ignore_case) {}

  /// The whole text; null when some part of it names nothing.
  Result<Type*> parse() {
    Type* type = TRY(type_with_assembly());
    return at_end() ? type : nullptr;
  }

 private:
  static constexpr int kMaxDepth = 32;

  bool at_end() const { return at_ >= text_.size(); }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (take(' ')) {
    }
  }

  /// A name, its suffixes as text, and the assembly behind it, which must be known before anything is looked
  /// up.
  Result<Type*> type_with_assembly(bool assembly_allowed = true) {
    if (++depth_ > kMaxDepth) return static_cast<Type*>(nullptr);
    size_t name_at = at_;
    skip_to_suffix_end();
    size_t after = at_;
    types::Assembly* assembly = nullptr;
    if (assembly_allowed && take(',')) {
      assembly = TRY(named_assembly());
      if (!assembly) return static_cast<Type*>(nullptr);
      after = at_;
    }
    at_ = name_at;
    Type* type = TRY(type_in(assembly));
    at_ = std::max(at_, after);
    --depth_;
    return type;
  }

  /// Over the name, arguments in balanced brackets, and the suffixes.
  void skip_to_suffix_end() {
    int brackets = 0;
    for (; !at_end(); ++at_) {
      char c = text_[at_];
      if (c == '\\') ++at_;
      else if (c == '[') ++brackets;
      else if (c == ']' && brackets-- == 0) return;
      else if (c == ',' && brackets == 0) return;
    }
  }

  Result<types::Assembly*> named_assembly() {
    skip_blanks();
    size_t begin = at_, end = begin;
    while (!at_end() && text_[at_] != ']') ++at_;
    end = std::min(text_.substr(begin, at_ - begin).find(','), at_ - begin);
    std::string_view name = text_.substr(begin, end);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    Result<types::Assembly*> found = thread_.types().load_assembly(name, home_.name());
    if (found.ok() || found.error().kind() != ErrorKind::FileNotFound) return found;
    (void)found.take_error();
    return assembly_not_found(text_.substr(begin, at_ - begin));
  }

  Result<Type*> type_in(types::Assembly* assembly) {
    Type* type = TRY(plain_type(assembly));
    if (!type) return type;
    for (;;) {
      if (take('*')) type = thread_.types().pointer_to(*type);
      else if (take('&')) type = thread_.types().byref_to(*type);
      else if (!at_end() && text_[at_] == '[') type = TRY(bracketed(*type));
      else return type;
      if (!type) return type;
    }
  }

  /// "[]", "[,]", "[*]", or the arguments of a generic type.
  Result<Type*> bracketed(Type& type) {
    size_t next = at_ + 1;
    char first = next < text_.size() ? text_[next] : ']';
    if (first != ']' && first != ',' && first != '*') return arguments(type);
    ++at_;
    uint32_t rank = 1;
    bool general = take('*');
    while (take(',')) ++rank;
    if (!take(']')) return static_cast<Type*>(nullptr);
    if (rank == 1 && !general) return thread_.types().vector_of(type);
    return thread_.types().array_of(type, rank);
  }

  Result<Type*> arguments(Type& definition) {
    ++at_;
    List<Type*> types;
    do {
      skip_blanks();
      bool own_brackets = take('[');
      Type* argument = TRY(type_with_assembly(own_brackets));
      if (!argument || (own_brackets && !take(']'))) return static_cast<Type*>(nullptr);
      types.push_back(argument);
    } while (take(','));
    TRY(thread_.types().ensure(definition, TypeState::Linked));
    bool fits = definition.flags.generic_definition && definition.generic_parameters.size() == types.size();
    if (!take(']') || !fits) return static_cast<Type*>(nullptr);
    return thread_.types().instantiate(definition, types);
  }

  /// "Ns.Outer+Inner" in an assembly, or else at home and then in CoreLib.
  Result<Type*> plain_type(types::Assembly* assembly) {
    std::string outer, nested;
    bool inside = false;
    for (; !at_end() && kEndsName.find(text_[at_]) == std::string_view::npos; ++at_) {
      char c = text_[at_];
      if (c == '+') {
        nested += '/';
        inside = true;
        continue;
      }
      if (c == '\\' && at_ + 1 < text_.size()) c = text_[++at_];
      (inside ? nested : outer) += c;
    }
    size_t dot = outer.rfind('.');
    std::string name_space = dot == std::string::npos ? "" : outer.substr(0, dot);
    std::string name = (dot == std::string::npos ? outer : outer.substr(dot + 1)) + nested;
    if (name.empty()) return static_cast<Type*>(nullptr);
    types::TypeSystem& types = thread_.types();
    if (assembly) return find(*assembly, name_space, name);
    if (Type* found = TRY(find(home_, name_space, name))) return found;
    return find(*types.known().object->assembly, name_space, name);
  }

  Result<Type*> find(types::Assembly& assembly, std::string_view name_space, std::string_view name) {
    if (ignores_case_) return CaselessSearch(thread_.types(), assembly).find(name_space, name);
    return thread_.types().find_type(assembly, name_space, name);
  }

  Thread& thread_;
  types::Assembly& home_;
  std::string_view text_;
  bool ignores_case_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Type*> find_type_by_display_name(Thread& thread, types::Assembly& home, std::string_view name,
                                        bool ignore_case) {
  return Parser(thread, home, name, ignore_case).parse();
}

Failure assembly_not_found(std::string_view name) {
  bool has_culture = name.find("Culture=") != std::string_view::npos, has_token = name.find("PublicKeyToken=") != std::string_view::npos;
  return failure_with(ErrorKind::FileNotFound, "Could not load file or assembly '%%%'. The system cannot find the file specified.\n", {name, has_culture ? "" : ", Culture=neutral", has_token ? "" : ", PublicKeyToken=null"});
}

}  // namespace leanclr::icalls
