using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Runtime.InteropServices.JavaScript;
using System.Text;

/// <summary>HttpClient, which goes through JavaScript's fetch.</summary>
public static partial class Http
{
    static readonly HttpClient s_client = new();

    [JSExport]
    public static async Task<string> Get(string address)
    {
        using HttpResponseMessage response = await s_client.GetAsync(address);
        string custom = response.Headers.TryGetValues("x-custom", out IEnumerable<string>? values) ? string.Join('+', values) : "-";
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {custom} {await response.Content.ReadAsStringAsync()}";
    }

    [JSExport]
    public static async Task<string> Post(string address, string text)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(text, Encoding.UTF8, "text/plain") };
        request.Headers.Add("x-asked", "yes");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        using HttpResponseMessage response = await s_client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    [JSExport]
    public static async Task<string> Bytes(string address) => Convert.ToBase64String(await s_client.GetByteArrayAsync(address));

    /// <summary>Reads a body as it comes, in small pieces; the sizes of what the server sent apart stay apart.</summary>
    [JSExport]
    public static async Task<string> Stream(string address)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), true);
        using HttpResponseMessage response = await s_client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        StringBuilder text = new();
        byte[] buffer = new byte[4];
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;) text.Append(Encoding.UTF8.GetString(buffer, 0, count)).Append('|');
        return text.ToString();
    }

    /// <summary>Sends a body bit by bit, where the host can.</summary>
    [JSExport]
    public static async Task<string> Upload(string address, int count)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new Slow(count) };
        request.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingRequest"), true);
        using HttpResponseMessage response = await s_client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    sealed class Slow(int count) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (int i = 0; i < count; i++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{i};"));
                await Task.Delay(1);
            }
        }
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    [JSExport]
    public static async Task<string> Cancel(string address, int milliseconds, bool headersOnly)
    {
        using CancellationTokenSource source = new(milliseconds);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), true);
            using HttpResponseMessage response = await s_client.SendAsync(request, headersOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, source.Token);
            return await response.Content.ReadAsStringAsync(source.Token);
        }
        catch (OperationCanceledException exception)
        {
            return $"canceled {exception.CancellationToken == source.Token || source.IsCancellationRequested}";
        }
    }

    [JSExport]
    public static async Task<string> Fail(string address)
    {
        try
        {
            return await s_client.GetStringAsync(address);
        }
        catch (HttpRequestException exception)
        {
            return $"{exception.GetType().Name} {(int?)exception.StatusCode} {exception.InnerException?.GetType().Name}";
        }
    }
}

/// <summary>ClientWebSocket, which goes through JavaScript's WebSocket.</summary>
public static partial class Sockets
{
    static async Task<string> Receive(ClientWebSocket socket, int size = 16)
    {
        byte[] buffer = new byte[size];
        List<byte> bytes = [];
        for (int parts = 1; ; parts++)
        {
            WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            bytes.AddRange(buffer.AsSpan(0, result.Count));
            if (result.EndOfMessage) return $"{result.MessageType} {parts} {Encoding.UTF8.GetString([.. bytes])}";
        }
    }

    static Task Send(ClientWebSocket socket, string text, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), type, end, CancellationToken.None);

    [JSExport]
    public static async Task<string> Echo(string address)
    {
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("echo");
        List<string> log = [$"{socket.State}"];
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        log.Add($"{socket.State} {socket.SubProtocol}");
        await Send(socket, "text €");
        log.Add(await Receive(socket));
        await Send(socket, "binary", WebSocketMessageType.Binary);
        log.Add(await Receive(socket));
        await Send(socket, "in ", end: false);
        await Send(socket, "two", end: true);
        log.Add(await Receive(socket));
        await Send(socket, "longer than the buffer that receives it");
        log.Add(await Receive(socket));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);
        log.Add($"{socket.State} {(int?)socket.CloseStatus} {socket.CloseStatusDescription}");
        return string.Join(';', log);
    }

    /// <summary>The server closes; the class library takes all but a normal end for a failure.</summary>
    [JSExport]
    public static async Task<string> Closed(string address, int code)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        await Send(socket, $"close {code} bye");
        string received;
        try
        {
            received = await Receive(socket);
        }
        catch (WebSocketException exception)
        {
            received = exception.Message;
        }
        return $"{received} {socket.State} {(int?)socket.CloseStatus} {socket.CloseStatusDescription}";
    }

    [JSExport]
    public static async Task<string> Fail(string address)
    {
        using ClientWebSocket socket = new();
        try
        {
            await socket.ConnectAsync(new Uri(address), CancellationToken.None);
            return "connected";
        }
        catch (WebSocketException exception)
        {
            return $"{exception.WebSocketErrorCode} {socket.State}";
        }
    }

    [JSExport]
    public static async Task<string> Cancel(string address)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        using CancellationTokenSource source = new(20);
        try
        {
            await socket.ReceiveAsync(new byte[4], source.Token);
            return "received";
        }
        catch (OperationCanceledException)
        {
            return $"canceled {socket.State}";
        }
    }

    /// <summary>So many messages, and as many bytes in one.</summary>
    [JSExport]
    public static async Task<string> Many(string address, int count, int size)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        for (int i = 0; i < count; i++) await Send(socket, $"{i}");
        int right = 0;
        for (int i = 0; i < count; i++) right += await Receive(socket) == $"Text 1 {i}" ? 1 : 0;
        string large = new('x', size);
        await Send(socket, large);
        bool whole = await Receive(socket, 1 << 20) == $"Text 1 {large}";
        return $"{right} {whole}";
    }
}
