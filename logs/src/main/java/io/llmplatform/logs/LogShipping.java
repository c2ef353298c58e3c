package io.llmplatform.logs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

/**
 * Attaches the shipper to the root logger as soon as there is an environment to ask, and makes it a bean for who has lines that no
 * logger sees. Registered in {@code spring.factories}: beans would come too late for the first lines.
 */
public final class LogShipping implements ApplicationListener<ApplicationEvent> {
    private static final String SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    private static final String BEAN = "logShipper";
    private static final String REPLICATION = "KAFKA_REPLICATION_FACTOR";

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        switch (event) {
            case ApplicationContextInitializedEvent ready -> begin(ready.getApplicationContext());
            case ContextClosedEvent closed -> end(closed.getApplicationContext());
            case ApplicationFailedEvent failed
            when failed.getApplicationContext() != null -> end(failed.getApplicationContext());
            default -> {}
        }
    }

    private static void begin(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var servers = environment.getProperty(SERVERS);
        if (servers == null
                || servers.isBlank()
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext logs)) {
            return;
        }
        var shipper = new LogShipper(
                new LogTopic(servers, environment.getProperty(REPLICATION, Short.class, (short) 1)),
                name(environment),
                Clock.systemUTC());
        context.getBeanFactory().registerSingleton(BEAN, shipper);
        var appender = new ShippingAppender(shipper);
        appender.setContext(logs);
        appender.start();
        root(logs).addAppender(appender);
        shipper.start();
    }

    private static void end(ApplicationContext context) {
        if (!context.containsBean(BEAN)) {
            return;
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            root(logs).detachAppender(ShippingAppender.NAME);
        }
        context.getBean(LogShipper.class).close();
    }

    private static Logger root(LoggerContext logs) {
        return logs.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private static String name(Environment environment) {
        return environment.getProperty("spring.application.name", "unnamed");
    }
}
