package io.llmplatform.command.write;

import io.llmplatform.command.schedule.Periodic;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Hangs the transaction into Spring MVC and lets old answers go. */
@Configuration(proxyBeanMethods = false)
class WriteConfiguration {
    @Bean
    WebMvcRegistrations writeTransactionRegistrations(ObjectProvider<WriteTransactions> transactions) {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new WriteHandlerAdapter(transactions);
            }
        };
    }

    @Bean
    Periodic expiredAnswers(IdempotentAnswers answers) {
        return new Periodic("expired-answers", Duration.ofMinutes(5), answers::deleteExpired);
    }
}
