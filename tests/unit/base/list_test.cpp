// List and OwningList: growth, gaps, elements of the list itself as arguments, and who destroys what.
#include "base/list.h"

#include "unit/test.h"

namespace leanclr {
namespace {

std::string text_of(const List<int>& list) {
  std::string text;
  for (int item : list) text += (text.empty() ? "" : " ") + std::to_string(item);
  return text;
}

TEST(lists_grow_and_shrink) {
  List<int> list;
  EXPECT(list.empty());
  for (int i = 0; i < 1000; ++i) list.push_back(i);
  EXPECT_EQ(list.size(), size_t{1000});
  EXPECT_EQ(list.front() + list.back() + list[500], 1499);
  list.resize(3);
  list.resize(5);
  EXPECT_EQ(text_of(list), "0 1 2 0 0");
  list.resize(7, 9);
  list.pop_back();
  EXPECT_EQ(text_of(list), "0 1 2 0 0 9");
  list.assign(2, 4);
  EXPECT_EQ(text_of(list), "4 4");
  list.clear();
  EXPECT(list.empty());
}

TEST(lists_open_and_close_gaps) {
  List<int> list = {1, 2, 3};
  list.insert(list.begin() + 1, 7);
  const int more[] = {8, 9};
  list.insert(list.begin(), more, more + 2);
  list.append(more);
  EXPECT_EQ(text_of(list), "8 9 1 7 2 3 8 9");
  EXPECT_EQ(*list.erase(list.begin() + 1), 1);
  list.erase(list.begin() + 2, list.end() - 1);
  EXPECT_EQ(text_of(list), "8 1 9");
  list.erase(list.begin(), list.begin());
  EXPECT_EQ(text_of(list), "8 1 9");
}

TEST(a_lists_own_elements_may_be_added_to_it) {
  List<int> list = {5};
  for (int i = 0; i < 20; ++i) list.push_back(list.front());
  list.insert(list.begin(), list.back());
  list.resize(64, list.front());
  EXPECT_EQ(list.size(), size_t{64});
  for (int item : list) EXPECT_EQ(item, 5);
}

TEST(lists_are_copied_and_moved) {
  List<int> list = {1, 2};
  List<int> copy = list;
  copy.push_back(3);
  List<int> moved = std::move(copy);
  EXPECT_EQ(text_of(list) + "|" + text_of(moved), "1 2|1 2 3");
  list = moved;
  EXPECT_EQ(text_of(list), "1 2 3");
}

struct Counted {
  explicit Counted(int& alive) : alive_(alive) { ++alive_; }
  ~Counted() { --alive_; }
  int& alive_;
};

TEST(owning_lists_destroy_once) {
  int alive = 0;
  {
    OwningList<Counted> list;
    for (int i = 0; i < 10; ++i) list.add(new Counted(alive));
    OwningList<Counted> moved = std::move(list);
    EXPECT_EQ(alive, 10);
    EXPECT_EQ(moved.size(), size_t{10});
  }
  EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace leanclr
