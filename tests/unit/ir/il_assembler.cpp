// Two steps: the bytes with holes for labels, then the labels. See il_assembler.h.
#include <vector>

#include "unit/ir/il_assembler.h"

#include <map>
#include <sstream>
#include <string>

#include "base/result.h"
#include "metadata/il_opcodes.h"

namespace leanclr::test {
namespace {

using metadata::IlInfo;
using metadata::IlOperand;

struct Opcode {
  uint16_t code = 0;
  IlInfo info;
};

Opcode opcode(const std::string& name) {
  for (uint16_t code = 0; code < 0x200; ++code) {
    const IlInfo& info = metadata::il_info(code);
    if (info.valid && info.name == name) return {code, info};
  }
  std::fprintf(stderr, "no IL instruction '%s'\n", name.c_str());
  CHECK(!"an instruction's name");
  return {};
}

int operand_bytes(IlOperand kind) {
  switch (kind) {
    case IlOperand::None: return 0;
    case IlOperand::ShortVar:
    case IlOperand::ShortI:
    case IlOperand::ShortBrTarget: return 1;
    case IlOperand::Var: return 2;
    case IlOperand::I8:
    case IlOperand::R: return 8;
    default: return 4;
  }
}

class Assembler {
 public:
  explicit Assembler(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line, ';');) read(line);
    for (const Hole& hole : holes_) fill(hole);
  }

  Buffer code, clauses;

 private:
  struct Hole {
    size_t at;
    int bytes;
    size_t from;  // what the displacement counts from
    std::string label;
  };

  void read(const std::string& line) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      if (word.back() == ':') labels_[word.substr(0, word.size() - 1)] = code.size();
      else if (word[0] == '.') return read_clause(word, words);
      else if (word == "bytes") return read_bytes(words);
      else return read_instruction(opcode(word), words);
    }
  }

  void read_bytes(std::istream& words) {
    for (std::string word; words >> word;)
      code.push_back(static_cast<uint8_t>(std::stoul(word, nullptr, 16)));
  }

  void read_instruction(const Opcode& op, std::istream& words) {
    if (op.code > 0xFF) code.push_back(0xFE);
    code.push_back(static_cast<uint8_t>(op.code));
    std::string word;
    if (op.info.operand == IlOperand::Switch) {
      std::vector<std::string> targets;
      while (words >> word) targets.push_back(word);
      put(code, targets.size(), 4);
      size_t next = code.size() + targets.size() * 4;
      for (const std::string& target : targets) leave_hole(4, next, target);
      return;
    }
    int bytes = operand_bytes(op.info.operand);
    if (bytes == 0) return;
    CHECK(words >> word);
    bool branch = op.info.operand == IlOperand::BrTarget || op.info.operand == IlOperand::ShortBrTarget;
    if (branch) leave_hole(bytes, code.size() + static_cast<size_t>(bytes), word);
    else put(code, static_cast<uint64_t>(std::stoll(word, nullptr, 0)), bytes);
  }

  void leave_hole(int bytes, size_t from, std::string label) {
    holes_.push_back({code.size(), bytes, from, std::move(label)});
    code.resize(code.size() + static_cast<size_t>(bytes));
  }

  void fill(const Hole& hole) {
    Buffer displacement;
    put(displacement, offset(hole.label) - hole.from, hole.bytes);
    std::copy(displacement.begin(), displacement.end(), code.begin() + static_cast<long>(hole.at));
  }

  size_t offset(const std::string& label) {
    auto found = labels_.find(label);
    return found != labels_.end() ? found->second : std::stoul(label, nullptr, 0);
  }

  void read_clause(const std::string& kind, std::istream& words) {
    std::string place[4], last;
    for (std::string& label : place) CHECK(words >> label);
    if (kind == ".catch" || kind == ".filter") CHECK(words >> last);
    put(clauses, kind == ".catch" ? 0 : kind == ".filter" ? 1 : kind == ".finally" ? 2 : 4, 4);
    for (int i = 0; i < 4; i += 2) {
      put(clauses, offset(place[i]), 4);
      put(clauses, offset(place[i + 1]) - offset(place[i]), 4);
    }
    put(clauses, last.empty() ? 0 : kind == ".filter" ? offset(last) : std::stoul(last, nullptr, 0), 4);
  }

  std::map<std::string, size_t> labels_;
  std::vector<Hole> holes_;
};

}  // namespace

Buffer assemble_code(std::string_view text) { return Assembler(text).code; }

Buffer assemble(std::string_view text, uint32_t locals) {
  Assembler assembled(text);
  constexpr uint16_t kFat = 0x3003, kInitLocals = 0x10, kMoreSections = 0x08;
  Buffer body;
  put(body, kFat | kInitLocals | (assembled.clauses.empty() ? 0 : kMoreSections), 2);
  put(body, 8, 2);
  put(body, assembled.code.size(), 4);
  put(body, locals, 4);
  body.insert(body.end(), assembled.code.begin(), assembled.code.end());
  if (assembled.clauses.empty()) return body;
  body.resize((body.size() + 3) / 4 * 4);
  constexpr uint32_t kFatExceptionTable = 0x41;
  put(body, kFatExceptionTable | (assembled.clauses.size() + 4) << 8, 4);
  body.insert(body.end(), assembled.clauses.begin(), assembled.clauses.end());
  return body;
}

}  // namespace leanclr::test
