package io.llmplatform.query.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The order of the gates: who is asking, what for, and how fresh it must be. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private final List<Gate> gates;
    private final ParameterCheck parameters;
    private final List<HandlerMethodArgumentResolver> resolvers;

    WebConfiguration(List<Gate> gates, ParameterCheck parameters, List<HandlerMethodArgumentResolver> resolvers) {
        this.gates = gates;
        this.parameters = parameters;
        this.resolvers = resolvers;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        gates.stream()
                .filter(gate -> gate.place() == Gate.Place.BEFORE_PARAMETERS)
                .forEach(gate -> add(registry, gate));
        add(registry, parameters);
        gates.stream()
                .filter(gate -> gate.place() == Gate.Place.AFTER_PARAMETERS)
                .forEach(gate -> add(registry, gate));
    }

    private static void add(InterceptorRegistry registry, HandlerInterceptor interceptor) {
        registry.addInterceptor(interceptor).addPathPatterns(ApiDocument.PREFIX + "/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> all) {
        all.addAll(resolvers);
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }
}
