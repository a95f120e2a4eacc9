// Random graphs against a model that knows what must live: after each collection every object of the model
// that the roots reach is whole, and the weak handle of every other one is null.
#include <vector>
#include <unordered_map>
#include <unordered_set>

#include "unit/gc/heap_fixture.h"

namespace leanclr::test {
namespace {

constexpr uint32_t kIdOffset = 8;

class Fuzz {
 public:
  Fuzz(Report& report, gc::HeapOptions options, uint32_t seed) : report_(report), f_(options), seed_(seed) {
    Type& pair = f_.make_struct(12, {0, 8});
    shapes_ = {
        {&f_.make_class(12, {}), {}, false},
        {&f_.make_class(20, {12, 16}), {12, 16}, false},
        {&f_.make_class(200, {12, 100, 196}), {12, 100, 196}, false},
        {&f_.make_array(f_.make_class(16, {})), {}, true},
        {&f_.make_array(pair), {0, 8}, true},
    };
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      uint32_t choice = random(100);
      if (choice < 55) create();
      else if (choice < 80) mutate();
      else if (choice < 98) change_roots();
      else check();
    }
    check();
  }

 private:
  struct Shape {
    Type* type;
    std::vector<uint32_t> offsets;
    bool array;
  };
  struct Node {
    Object* object;
    std::vector<uint32_t> slots;    // offsets of its references
    std::vector<uint32_t> targets;  // ids, 0 for null
    uint32_t weak;
  };

  uint32_t random(uint32_t below) {
    seed_ = seed_ * 1664525 + 1013904223;
    return (seed_ >> 8) % below;
  }
  uint32_t pick() { return ids_.empty() ? 0 : ids_[random(static_cast<uint32_t>(ids_.size()))]; }

  void create() {
    const Shape& shape = shapes_[random(static_cast<uint32_t>(shapes_.size()))];
    Node node;
    if (shape.array) {
      uint32_t length = random(10) ? random(20) : random(4000);
      node.object = f_.new_array(*shape.type, length);
      for (uint32_t i = 0; i < length; ++i)
        if (shape.offsets.empty()) node.slots.push_back(types::kArrayDataOffset + i * 4);
        else
          for (uint32_t offset : shape.offsets)
            node.slots.push_back(types::kArrayDataOffset + i * 12 + offset);
    } else {
      node.object = f_.new_object(*shape.type);
      node.slots = shape.offsets;
    }
    uint32_t id = ++last_id_;
    HeapFixture::at<uint32_t>(node.object, kIdOffset) = id;
    node.targets.resize(node.slots.size());
    node.weak = f_.heap.new_handle(node.object, HandleKind::Weak);
    if (random(2)) roots_.push_back(id);
    nodes_.emplace(id, std::move(node));
    ids_.push_back(id);
    for (int i = 0; i < 3; ++i) link(id, pick());
    if (uint32_t parent = pick()) link(parent, id);
  }

  void link(uint32_t from, uint32_t to) {
    Node& node = nodes_.at(from);
    if (node.slots.empty()) return;
    uint32_t slot = random(static_cast<uint32_t>(node.slots.size()));
    node.targets[slot] = to;
    HeapFixture::reference(node.object, node.slots[slot]) = to ? nodes_.at(to).object : nullptr;
  }

  void mutate() {
    uint32_t from = pick();
    if (from) link(from, random(3) ? pick() : 0);
  }

  void change_roots() {
    if (roots_.size() > 40 || (!roots_.empty() && random(2))) {
      roots_[random(static_cast<uint32_t>(roots_.size()))] = roots_.back();
      roots_.pop_back();
    } else if (uint32_t id = pick()) {
      roots_.push_back(id);
    }
  }

  std::unordered_set<uint32_t> reachable() {
    std::unordered_set<uint32_t> reached(roots_.begin(), roots_.end());
    std::vector<uint32_t> work(reached.begin(), reached.end());
    while (!work.empty()) {
      uint32_t id = work.back();
      work.pop_back();
      for (uint32_t target : nodes_.at(id).targets)
        if (target && reached.insert(target).second) work.push_back(target);
    }
    return reached;
  }

  void check() {
    f_.roots.objects.clear();
    f_.roots.interiors.clear();
    for (uint32_t id : roots_) {
      Object* object = nodes_.at(id).object;
      if (id % 2) f_.roots.objects.push_back(object);
      else f_.roots.interiors.push_back(address_of(object) + 8 + id % 5);
    }
    f_.heap.collect();
    std::unordered_set<uint32_t> alive = reachable();
    ids_.clear();
    for (auto it = nodes_.begin(); it != nodes_.end();) {
      auto& [id, node] = *it;
      bool lives = alive.count(id) != 0;
      EXPECT_EQ(f_.heap.handle_target(node.weak), lives ? node.object : nullptr);
      if (lives) {
        check_whole(id, node);
        ids_.push_back(id);
        ++it;
      } else {
        f_.heap.free_handle(node.weak);
        it = nodes_.erase(it);
      }
    }
  }

  void check_whole(uint32_t id, const Node& node) {
    EXPECT_EQ(HeapFixture::at<uint32_t>(node.object, kIdOffset), id);
    bool same = true;
    for (size_t i = 0; i < node.slots.size(); ++i) {
      Object* expected = node.targets[i] ? nodes_.at(node.targets[i]).object : nullptr;
      same = same && HeapFixture::reference(node.object, node.slots[i]).get() == expected;
    }
    EXPECT(same);
  }

  Report& report_;
  HeapFixture f_;
  uint32_t seed_;
  std::vector<Shape> shapes_;
  std::unordered_map<uint32_t, Node> nodes_;
  std::vector<uint32_t> ids_;
  std::vector<uint32_t> roots_;
  uint32_t last_id_ = 0;
};

TEST(random_graphs) {
  for (uint32_t seed = 1; seed <= 4; ++seed) Fuzz(report_, {}, seed).run(6000);
}

TEST(random_graphs_under_stress) { Fuzz(report_, {.stress = true}, 11).run(6000); }

TEST(random_graphs_with_a_tiny_mark_stack) { Fuzz(report_, {.mark_stack_limit = 2}, 21).run(6000); }

}  // namespace
}  // namespace leanclr::test
