// Expression trees, compiled: where no code can be made they are interpreted.
using System.Linq.Expressions;

ParameterExpression x = Expression.Parameter(typeof(int), "x");
ParameterExpression total = Expression.Variable(typeof(int), "total");
LabelTarget done = Expression.Label(typeof(int));

Expression<Func<int, int>> square = n => n * n + 1;
Console.WriteLine(square.Compile()(6));
Console.WriteLine(square.Compile(preferInterpretation: true)(7));

Expression<Func<int, int>> loop = Expression.Lambda<Func<int, int>>(
    Expression.Block([total],
        Expression.Assign(total, Expression.Constant(0)),
        Expression.Loop(
            Expression.IfThenElse(
                Expression.GreaterThan(x, Expression.Constant(0)),
                Expression.Block(
                    Expression.AddAssign(total, x),
                    Expression.PostDecrementAssign(x)),
                Expression.Break(done, total)),
            done)),
    x);
Console.WriteLine(loop.Compile()(10));

Expression<Func<string, string>> call = s => s.Trim().ToUpper() + s.Length;
Console.WriteLine(call.Compile()(" ab "));
Console.WriteLine(new[] { 1, 2, 3 }.AsQueryable().Where(n => n > 1).Sum());
