package io.llmplatform.proxy.wire;

import java.io.StringWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
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
    private static final Set<String> ANTHROPIC_TYPES = Set.of(
            "invalid_request_error",
            "authentication_error",
            "billing_error",
            "permission_error",
            "not_found_error",
            "request_too_large",
            "rate_limit_error",
            "timeout_error",
            "api_error",
            "overloaded_error");
    private static final String UNSUPPORTED = "unsupported_parameter";
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

    public static ApiError unsupportedMediaType(String expected, String got) {
        return new ApiError(
                415,
                "invalid_request_error",
                "unsupported_media_type",
                null,
                "Expected Content-Type " + expected + ", got `" + shown(got) + "`.");
    }

    /** Something the client asked for that cannot be had from any provider behind the model. */
    public static ApiError unsupported(@Nullable String param, String message) {
        return new ApiError(400, "invalid_request_error", UNSUPPORTED, param, message);
    }

    public static ApiError unsupportedEndpoint(String operation, String model) {
        return new ApiError(
                400,
                "invalid_request_error",
                "unsupported_endpoint",
                "model",
                "No provider of the model `" + shown(model) + "` can serve " + operation + ".");
    }

    public static ApiError forbidden(String code, String message) {
        return new ApiError(403, "permission_error", code, null, message);
    }

    public static ApiError notFound(String code, String message) {
        return new ApiError(404, "invalid_request_error", code, null, message);
    }

    public static ApiError rateLimited(String message) {
        return new ApiError(429, "rate_limit_error", "rate_limit_exceeded", null, message);
    }

    public static ApiError overBudget(String message) {
        return new ApiError(429, "insufficient_quota", "insufficient_quota", null, message);
    }

    public static ApiError internal() {
        return upstream(500, "internal_error", "Internal error.");
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

    /** Anthropic's {@code {"type":"error","error":{…},"request_id":…}}. */
    public String toAnthropicJson(String requestId) {
        var out = new StringWriter(192);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "error");
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("type", anthropicType());
            json.writeStringProperty("message", message);
            if (UNSUPPORTED.equals(code) && param != null) {
                details(json, param);
            }
            json.writeEndObject();
            json.writeStringProperty("request_id", requestId);
            json.writeEndObject();
        }
        return out.toString();
    }

    /** By the code that it has for threads, Anthropic's client goes on without them. */
    private static void details(JsonGenerator json, String param) {
        json.writeObjectPropertyStart("details");
        json.writeStringProperty("error_code", param.equals("thread") ? "thread_unsupported_request" : UNSUPPORTED);
        json.writeArrayPropertyStart("unsupported");
        json.writeString(param);
        json.writeEndArray();
        json.writeEndObject();
    }

    private String anthropicType() {
        if ("insufficient_quota".equals(code)) {
            return "billing_error";
        }
        if (ANTHROPIC_TYPES.contains(type) && !(status < 500 && type.equals("invalid_request_error"))) {
            return type;
        }
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
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

    private static void write(JsonGenerator json, String name, @Nullable String value) {
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
