package io.llmplatform.query.consistency;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.query.web.ApiDocument;
import io.llmplatform.query.web.Gate;
import io.llmplatform.query.web.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** Holds a request that carries a consistency token until what it reads includes that write, at most two seconds. */
@Component
class ConsistencyGate implements Gate {
    /** Which projections the answers of a resource are made from. */
    private static final Map<String, List<String>> MADE_FROM = Map.ofEntries(
            Map.entry("users", List.of("users")),
            Map.entry("teams", List.of("teams", "users")),
            Map.entry("api-keys", List.of("api_keys", "users")),
            Map.entry("providers", List.of("providers")),
            Map.entry("models", List.of("models", "providers")),
            Map.entry("prices", List.of("prices")),
            Map.entry("usage", List.of("prices", "users", "teams", "api_keys")),
            Map.entry("settings", List.of("platform_settings")),
            Map.entry("exports", List.of("users", "api_keys", "models", "providers")),
            Map.entry("audit/events", List.of("audit")),
            Map.entry("audit/searches", List.of("saved_searches")),
            Map.entry("audit", List.of("entity_history")),
            Map.entry("projections", List.of("operations")));

    private final ApiDocument document;
    private final ProjectionWait wait;

    ConsistencyGate(ApiDocument document, ProjectionWait wait) {
        this.document = document;
        this.wait = wait;
    }

    @Override
    public Place place() {
        return Place.AFTER_PARAMETERS;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        var token = request.getHeader(Headers.CONSISTENCY_TOKEN);
        var template = (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (token == null || !document.takesHeader(template, Headers.CONSISTENCY_TOKEN)) {
            return true;
        }
        if (!wait.until(madeFrom(template.substring(ApiDocument.PREFIX.length() + 1)), position(token))) {
            response.setHeader(Headers.CONSISTENCY, "behind");
        }
        return true;
    }

    /** @param path by its first two parts, or else by its first one */
    private static List<String> madeFrom(String path) {
        var parts = path.split("/", 3);
        var whole = parts.length > 1 ? MADE_FROM.get(parts[0] + "/" + parts[1]) : null;
        return whole == null ? MADE_FROM.getOrDefault(parts[0], List.of()) : whole;
    }

    private static long position(String token) {
        try {
            return Long.parseLong(token.strip());
        } catch (NumberFormatException e) {
            throw RefusedException.parameter(
                    Headers.CONSISTENCY_TOKEN, "is not a token that a write has answered with");
        }
    }
}
