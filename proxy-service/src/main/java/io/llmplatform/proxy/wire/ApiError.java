package io.llmplatform.proxy.wire;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An error of the data plane in OpenAI's envelope, where all four keys are always present.
 *
 * @param param the request field at fault
 */
public record ApiError(
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message) {
    private static final JsonFactory JSON = new JsonFactory();

    public static ApiError invalid(@Nullable String param, String message) {
        return new ApiError(400, "invalid_request_error", "invalid_request", param, message);
    }

    public static ApiError brokenJson(String message) {
        return new ApiError(400, "invalid_request_error", "invalid_json", null, message);
    }

    public static ApiError invalidApiKey(String message) {
        return new ApiError(401, "invalid_request_error", "invalid_api_key", null, message);
    }

    public static ApiError modelNotFound(String model) {
        return new ApiError(
                404,
                "invalid_request_error",
                "model_not_found",
                "model",
                "The model `" + shown(model) + "` does not exist.");
    }

    public static ApiError modelNotAllowed(String model) {
        return new ApiError(
                403,
                "invalid_request_error",
                "model_not_allowed",
                "model",
                "This API key may not call the model `" + shown(model) + "`.");
    }

    public static ApiError unknownPath(String method, String path) {
        return new ApiError(
                404,
                "invalid_request_error",
                "unknown_url",
                null,
                "Unknown request URL: " + method + " " + shown(path) + ".");
    }

    public static ApiError wrongMethod(String method, String path, String allowed) {
        return new ApiError(
                405,
                "invalid_request_error",
                "method_not_allowed",
                null,
                "Not allowed: " + method + " " + shown(path) + ". Allowed: " + allowed + ".");
    }

    public static ApiError tooLarge(long limit) {
        return new ApiError(
                413,
                "invalid_request_error",
                "request_too_large",
                null,
                "The request body is larger than " + limit + " bytes.");
    }

    public static ApiError unsupportedMediaType(String got) {
        return new ApiError(
                415,
                "invalid_request_error",
                "unsupported_media_type",
                null,
                "Expected Content-Type application/json, got `" + shown(got) + "`.");
    }

    public static ApiError unavailable(String code, String message) {
        return new ApiError(503, "server_error", code, null, message);
    }

    public static ApiError upstream(int status, String code, String message) {
        return new ApiError(status, "server_error", code, null, message);
    }

    /** What the usage record keeps: the code, or else the type. */
    public String codeOrType() {
        return code == null ? type : code;
    }

    /** {@code {"error":{…}}}. */
    public String toJson() {
        var out = new StringWriter(192);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("error");
            json.writeStartObject();
            json.writeStringProperty("message", message);
            json.writeStringProperty("type", type);
            write(json, "param", param);
            write(json, "code", code);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void write(tools.jackson.core.JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private static String shown(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128) + "…";
    }
}
