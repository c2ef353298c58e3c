package io.llmplatform.query.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Refuses query parameters that the API document does not know, or whose value it does not allow. */
@Component
class ParameterCheck implements HandlerInterceptor {
    private final ApiDocument document;

    ParameterCheck(ApiDocument document) {
        this.document = document;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var template = (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var known = document.parameters(template).stream()
                .filter(parameter -> parameter.in().equals("query"))
                .collect(Collectors.toMap(ApiParameter::name, parameter -> parameter));
        var errors = new ArrayList<Problem.FieldError>();
        request.getParameterMap().forEach((name, values) -> {
            var parameter = known.get(name);
            if (parameter == null) {
                errors.add(new Problem.FieldError(name, "unknown parameter"));
            } else if (values.length > 1) {
                errors.add(new Problem.FieldError(name, "given more than once"));
            } else {
                var complaint = parameter.complaint(values[0]);
                if (complaint != null) {
                    errors.add(new Problem.FieldError(name, complaint));
                }
            }
        });
        if (!errors.isEmpty()) {
            throw RefusedException.parameters(errors);
        }
        return true;
    }
}
