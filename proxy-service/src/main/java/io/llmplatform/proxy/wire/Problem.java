package io.llmplatform.proxy.wire;

import java.io.StringWriter;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An RFC 9457 problem document of the management API. */
public record Problem(int status, String title, String detail, String requestId) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final JsonFactory JSON = new JsonFactory();

    public String toJson() {
        var out = new StringWriter(160);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", title);
            json.writeNumberProperty("status", status);
            json.writeStringProperty("detail", detail);
            json.writeStringProperty("request_id", requestId);
            json.writeEndObject();
        }
        return out.toString();
    }
}
