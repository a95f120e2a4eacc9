namespace Dependency;

// A class in an assembly of its own, for the tests of missing references.
public static class Needed
{
    public static int Answer() => 42;
}
