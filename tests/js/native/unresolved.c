// A side module that wants what nobody has.
int fetch_from_the_moon(int);
extern int phase_of_the_moon;
__attribute__((used, visibility("default"))) int run(void) { return fetch_from_the_moon(phase_of_the_moon); }
