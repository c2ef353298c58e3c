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
    private static final Map<String, List<String>> MADE_FROM = Map.of(
            "users", List.of("users"),
            "teams", List.of("teams", "users"),
            "api-keys", List.of("api_keys", "users"),
            "providers", List.of("providers"),
            "models", List.of("models", "providers"),
            "prices", List.of("prices"),
            "usage", List.of("prices", "users", "teams", "api_keys"),
            "settings", List.of("platform_settings"),
            "exports", List.of("users", "api_keys", "models", "providers"),
            "audit", List.of("audit"));

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
        var resource = template.substring(ApiDocument.PREFIX.length() + 1).split("/", 2)[0];
        if (!wait.until(MADE_FROM.getOrDefault(resource, List.of()), position(token))) {
            response.setHeader(Headers.CONSISTENCY, "behind");
        }
        return true;
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
