package io.llmplatform.command.attempt;

import io.llmplatform.command.schedule.Periodic;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells what was left out also when nobody tries anything any more. */
@Configuration(proxyBeanMethods = false)
class AttemptConfiguration {
    @Bean
    Periodic attemptsLeftOut(Attempts attempts) {
        return new Periodic(
                "attempts-left-out", Duration.ofSeconds(30), attempts::tellLeftOut, attempts::tellWhatIsLeft);
    }
}
