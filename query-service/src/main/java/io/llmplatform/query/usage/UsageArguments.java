package io.llmplatform.query.usage;

import io.llmplatform.query.access.Person;
import java.time.Clock;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands controllers what every operation of usage takes: the {@link Period}, and the {@link UsageFilter} as far as the person may see. */
@Component
class UsageArguments implements HandlerMethodArgumentResolver {
    private final Clock clock;

    UsageArguments(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == UsageFilter.class || parameter.getParameterType() == Period.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parameter.getParameterType() == Period.class
                ? Period.of(request.getParameter("from"), request.getParameter("to"), clock.instant())
                : filter(request).seenBy(Person.asking(request));
    }

    private static UsageFilter filter(NativeWebRequest request) {
        var wanted = new EnumMap<Dimension, String>(Dimension.class);
        for (var dimension : Dimension.values()) {
            var value = request.getParameter(dimension.wire());
            if (value != null) {
                wanted.put(dimension, value);
            }
        }
        return new UsageFilter(wanted);
    }
}
