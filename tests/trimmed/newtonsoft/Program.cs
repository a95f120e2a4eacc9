// A library from NuGet that lives on reflection.
using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;

Order order = new() { Id = 7, Placed = DateTime.UnixEpoch, Lines = [new() { Sku = "a", Count = 2 }, new() { Sku = "b", Count = 1 }] };
string json = Json.Write(order);
Console.WriteLine(json);
Order back = Json.Read<Order>(json)!;
Console.WriteLine(back.Lines.Count + back.Lines[0].Sku);
Console.WriteLine(JsonConvert.DeserializeObject<Newtonsoft.Json.Linq.JObject>(json)!["Id"]);

internal static class Json
{
    public static string Write<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(T value) =>
        JsonConvert.SerializeObject(value, Formatting.Indented);

    public static T? Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(string json) =>
        JsonConvert.DeserializeObject<T>(json);
}

[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)]
public sealed class Order
{
    public int Id { get; set; }
    public DateTime Placed { get; set; }
    public List<Line> Lines { get; set; } = [];
}

[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)]
public sealed class Line
{
    public string Sku { get; set; } = "";
    public int Count { get; set; }
}
