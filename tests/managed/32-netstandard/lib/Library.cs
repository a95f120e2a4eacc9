// A library of its own assembly, compiled for netstandard2.0: its references are forwarded to .NET 10's assemblies.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Library
{
    public interface IRenderer { string Render(object value); }

    public abstract class Renderer : IRenderer
    {
        public abstract string Render(object value);
        public static Renderer Create(string kind)
        {
            if (kind == "json") return new JsonRenderer();
            throw new NotSupportedException(kind);
        }
        public event EventHandler<RenderedEventArgs> Rendered;
        protected void OnRendered(string text) { Rendered?.Invoke(this, new RenderedEventArgs(text)); }
    }

    public sealed class RenderedEventArgs : EventArgs
    {
        public RenderedEventArgs(string text) { Text = text; }
        public string Text { get; }
    }

    internal sealed class JsonRenderer : Renderer
    {
        public override string Render(object value)
        {
            var builder = new StringBuilder();
            Write(builder, value);
            string text = builder.ToString();
            OnRendered(text);
            return text;
        }

        private static void Write(StringBuilder builder, object value)
        {
            switch (value)
            {
                case null: builder.Append("null"); break;
                case bool b: builder.Append(b ? "true" : "false"); break;
                case string s: builder.Append('"').Append(s.Replace("\"", "\\\"")).Append('"'); break;
                case IDictionary<string, object> map:
                    builder.Append('{');
                    foreach (var pair in map.OrderBy(p => p.Key, StringComparer.Ordinal))
                    {
                        if (builder[builder.Length - 1] != '{') builder.Append(',');
                        Write(builder, pair.Key);
                        builder.Append(':');
                        Write(builder, pair.Value);
                    }
                    builder.Append('}');
                    break;
                case IEnumerable<object> list:
                    builder.Append('[').Append(string.Join(",", list.Select(Text))).Append(']');
                    break;
                default: builder.Append(value); break;
            }
        }

        private static string Text(object value)
        {
            var builder = new StringBuilder();
            Write(builder, value);
            return builder.ToString();
        }
    }

    public struct Money : IEquatable<Money>
    {
        public Money(decimal amount, string currency) { Amount = amount; Currency = currency; }
        public decimal Amount { get; }
        public string Currency { get; }
        public bool Equals(Money other) => Amount == other.Amount && Currency == other.Currency;
        public override bool Equals(object obj) => obj is Money other && Equals(other);
        public override int GetHashCode() => Amount.GetHashCode();
        public override string ToString() => Amount + " " + Currency;
    }

    public class Cache<TKey, TValue>
    {
        private readonly Dictionary<TKey, TValue> items = new Dictionary<TKey, TValue>();
        public static readonly TValue Missing = default(TValue);
        public int Misses { get; private set; }
        public TValue Get(TKey key, Func<TKey, TValue> make)
        {
            if (!items.TryGetValue(key, out var value))
            {
                Misses++;
                items[key] = value = make(key);
            }
            return value;
        }
    }
}
