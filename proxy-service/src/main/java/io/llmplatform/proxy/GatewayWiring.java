package io.llmplatform.proxy;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.secret.SecretBox;
import io.llmplatform.logs.LogShipper;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.call.BodyBudget;
import io.llmplatform.proxy.config.ConfigFollower;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.feed.UsageFeed;
import io.llmplatform.proxy.frontdoor.AccessLog;
import io.llmplatform.proxy.frontdoor.DocsSite;
import io.llmplatform.proxy.frontdoor.Health;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.limit.SpendLedger;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Builds the parts. Nothing runs yet: {@link Gateway} starts and ends them in order. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {
    @Bean
    GatewaySettings gatewaySettings(Environment environment) {
        return GatewaySettings.from(environment);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Thread-safe; guards nothing: request ids and the choice of a deployment need no secrecy. */
    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean
    Ids ids(Clock clock, RandomGenerator random) {
        return new Ids(clock, random);
    }

    @Bean
    GatewayMeters gatewayMeters(MeterRegistry registry) {
        return new GatewayMeters(registry);
    }

    @Bean
    LiveConfig liveConfig(Clock clock, GatewayMeters meters) {
        var live = new LiveConfig(clock);
        meters.gauge("gateway.config.staleness.seconds", live, LiveConfig::stalenessSeconds);
        meters.gauge("gateway.config.entries", live, config -> config.current().size());
        return live;
    }

    @Bean(destroyMethod = "")
    ConfigFollower configFollower(GatewaySettings settings, LiveConfig live, GatewayMeters meters, Clock clock) {
        return new ConfigFollower(settings.config(), new SecretBox(settings.keyEncryptionKeys()), live, meters, clock);
    }

    @Bean
    SpendLedger spendLedger(Ids ids) {
        return new SpendLedger(ids.next(Ids.Kind.REQUEST), SpendLedger.DEFAULT_MAX_ACCOUNTS);
    }

    @Bean(destroyMethod = "")
    Journal journal(GatewaySettings settings, SpendLedger ledger, LiveConfig live, GatewayMeters meters)
            throws IOException {
        var started = settings.journal().fsyncAlways();
        var journal = Journal.open(
                settings.journal().withFsyncAlways(() -> {
                    var set = live.current().settings().journalFsyncAlways();
                    return set == null ? started.getAsBoolean() : set;
                }),
                ledger);
        meters.gauge("gateway.journal.depth", journal, Journal::depth);
        meters.gauge("gateway.journal.bytes", journal, Journal::bytes);
        return journal;
    }

    @Bean(destroyMethod = "")
    UsageFeed usageFeed(GatewaySettings settings, Journal journal, GatewayMeters meters) {
        return new UsageFeed(settings.feed(), journal.tail(), meters);
    }

    @Bean
    BodyBudget bodyBudget(GatewaySettings settings, GatewayMeters meters) {
        var bodies = new BodyBudget(settings.call().maxInFlightBytes());
        meters.gauge("gateway.bodies.held.bytes", bodies, BodyBudget::held);
        return bodies;
    }

    @Bean
    Authenticator authenticator(GatewaySettings settings, LiveConfig live, Clock clock) {
        return new Authenticator(live, settings.pepper(), clock);
    }

    @Bean
    DocsSite docsSite(GatewaySettings settings) throws IOException {
        return DocsSite.load(settings.frontDoor().projectName());
    }

    @Bean
    AccessLog accessLog(Clock clock, ObjectProvider<LogShipper> shipper) {
        return new AccessLog(clock, () -> System.out, shipper.getIfAvailable());
    }

    @Bean
    Health health(GatewaySettings settings, LiveConfig live, Journal journal) {
        return new Health(
                live,
                journal,
                settings.frontDoor().version(),
                settings.frontDoor().mode());
    }
}
