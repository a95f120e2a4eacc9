// A side module that uses another one, and a function that the page supplies.
int add(int, int);
extern int numbers[];
int from_the_page(int);
__attribute__((used, visibility("default"))) int add_all(int value) { return add(add(numbers[0], numbers[2]), from_the_page(value)); }
