package io.llmplatform.query.reading;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.ApiDocument;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Stands between an answer and its first byte. */
@ControllerAdvice
class RecordedReads implements ResponseBodyAdvice<Object> {
    /** Where a page begins and how long it is says nothing about what was asked. */
    private static final Set<String> PAGING = Set.of("cursor", "limit");

    private final ReadLog log;

    RecordedReads(ReadLog log) {
        this.log = log;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return method.hasMethodAnnotation(Recorded.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest given,
            ServerHttpResponse response) {
        var request = ((ServletServerHttpRequest) given).getServletRequest();
        var recorded = method.getMethodAnnotation(Recorded.class);
        if (recorded != null) {
            var person = Person.of(request).orElseThrow();
            log.record(new Read(
                    recorded.value(),
                    person.id(),
                    operation(request),
                    question(request),
                    results(body, response),
                    new Read.Origin(
                            ((ServletServerHttpResponse) response)
                                    .getServletResponse()
                                    .getHeader(Headers.REQUEST_ID),
                            request.getHeader(Headers.FORWARDED_FOR),
                            request.getHeader(HttpHeaders.USER_AGENT))));
        }
        return body;
    }

    private static String operation(HttpServletRequest request) {
        var template = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return "GET " + template.substring(ApiDocument.PREFIX.length());
    }

    private static Map<String, String> question(HttpServletRequest request) {
        var question = new TreeMap<String, String>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            path.forEach((name, value) -> question.put(String.valueOf(name), String.valueOf(value)));
        }
        request.getParameterMap().forEach((name, values) -> {
            if (!PAGING.contains(name)) {
                question.put(name, values[0]);
            }
        });
        return question;
    }

    private static @Nullable Long results(@Nullable Object body, ServerHttpResponse response) {
        return switch (body) {
            case Counted counted -> counted.results();
            case Page<?> page -> (long) page.data().size();
            case Collection<?> rows -> (long) rows.size();
            case null, default -> {
                var rows = response.getHeaders().getFirst(ExportHeaders.ROWS);
                yield rows == null ? null : Long.valueOf(rows);
            }
        };
    }
}
