package io.llmplatform.command.write;

import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** What a request was answered with, as it is kept for its key. No answer of a write is larger than its request may be. */
record Answer(String fingerprint, int status, Map<String, String> headers, String body) {
    private static final List<String> KEPT =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, Headers.CONSISTENCY_TOKEN);

    static Answer of(WriteRequest write, HeldAnswer response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT) {
            var value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Answer(
                write.fingerprint(),
                response.getStatus(),
                headers,
                new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    boolean answers(WriteRequest write) {
        return MessageDigest.isEqual(
                fingerprint.getBytes(StandardCharsets.US_ASCII),
                write.fingerprint().getBytes(StandardCharsets.US_ASCII));
    }

    void replay(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setHeader(Headers.IDEMPOTENCY_REPLAYED, "true");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
