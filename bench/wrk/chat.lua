-- One chat request, the same every time, so that wrk builds it once and spends nothing on Lua while it runs.
-- BENCH_BODY: file with the body. BENCH_HEADERS: "name: value", one a line.
local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
for name, value in os.getenv("BENCH_HEADERS"):gmatch("([^:\n]+): ([^\n]+)") do
    wrk.headers[name] = value
end

-- Times in microseconds. wrk counts a status from 400 on as an error.
function done(summary, latency)
    local e = summary.errors
    io.write(string.format(
        '{"requests":%d,"micros":%d,"status":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,'
            .. '"p50":%.1f,"p90":%.1f,"p99":%.1f,"p999":%.1f,"max":%.1f,"mean":%.1f}\n',
        summary.requests, summary.duration, e.status, e.connect, e.read, e.write, e.timeout,
        latency:percentile(50), latency:percentile(90), latency:percentile(99), latency:percentile(99.9),
        latency.max, latency.mean))
end
