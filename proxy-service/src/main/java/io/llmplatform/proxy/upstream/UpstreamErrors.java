package io.llmplatform.proxy.upstream;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.wire.ApiError;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Errors of a provider in our envelope: status, message, type, code and param are kept, credentials and addresses are
 * not. A provider's 401 is about the platform's credentials, not the caller's: it becomes 502.
 */
public final class UpstreamErrors {
    private static final int MAX_MESSAGE = 2000;
    private static final String REMOVED = "[removed]";
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b(?:sk|pk|rk|org|proj)-[\\w*.-]{4,}|\\bbearer\\s+[\\w.~+/=*-]+");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>]+|\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?\\b|\\blocalhost(?::\\d+)?\\b");

    private UpstreamErrors() {}

    /** @param body an error answer, or the data of an error event */
    public static ApiError of(int status, byte[] body, ProviderConfig provider) {
        if (status == 401) {
            return ApiError.upstream(
                    502, "upstream_credentials", "The provider refused the platform's credentials for this model.");
        }
        return said(status, body, provider);
    }

    /** The same for administrators, who may know that the platform's credentials are refused, and in which words. */
    public static ApiError said(int status, byte[] body, ProviderConfig provider) {
        var error = error(body);
        var message = text(error, "message");
        if (message == null && error != null && error.isString()) {
            message = error.stringValue();
        }
        var type = text(error, "type");
        return new ApiError(
                status,
                clean(type == null ? (status < 500 ? "invalid_request_error" : "server_error") : type, provider),
                cleanOrNull(text(error, "code"), provider),
                cleanOrNull(text(error, "param"), provider),
                clean(
                        message == null || message.isBlank()
                                ? "The provider answered with status " + status + "."
                                : message,
                        provider));
    }

    private static @Nullable JsonNode error(byte[] body) {
        try {
            var root = ContractJson.mapper().readTree(body);
            if (root == null || !root.isObject()) {
                return null;
            }
            var error = root.get("error");
            return error == null || error.isNull() || error.isBoolean() ? root : error;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable JsonNode error, String name) {
        var value = error == null || !error.isObject() ? null : error.get(name);
        return value == null || !(value.isString() || value.isNumber()) ? null : value.asString();
    }

    private static @Nullable String cleanOrNull(@Nullable String text, ProviderConfig provider) {
        return text == null ? null : clean(text, provider);
    }

    private static String clean(String text, ProviderConfig provider) {
        var out = text;
        var secret = provider.secret();
        if (secret != null && !secret.isBlank()) {
            out = out.replace(secret, REMOVED);
        }
        // Only now: a secret that is cut in two would not be found.
        out = out.length() <= MAX_MESSAGE ? out : out.substring(0, MAX_MESSAGE);
        out = ADDRESS.matcher(SECRET.matcher(out).replaceAll(REMOVED)).replaceAll(REMOVED);
        var host = host(provider.baseUrl());
        return host == null ? out : out.replace(host, REMOVED);
    }

    private static @Nullable String host(String baseUrl) {
        try {
            return URI.create(baseUrl).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
