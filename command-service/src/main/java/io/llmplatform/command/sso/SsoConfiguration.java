package io.llmplatform.command.sso;

import io.llmplatform.command.settings.PlatformSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The provider, when there is one. Asked for nothing at start: it may be away, and passwords work without it. */
@Configuration(proxyBeanMethods = false)
class SsoConfiguration {
    @Bean
    SsoProvider ssoProvider(Environment environment, PlatformSettings settings, Clock clock) {
        return new SsoProvider(SsoSettings.from(environment, settings.demo())
                .map(sso -> new SingleSignOn(sso, new ProviderHttp(), clock)));
    }
}
