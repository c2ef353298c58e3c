package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.route.DeploymentChooser;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.upstream.Upstream;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * What a chat completion is served with.
 *
 * @param upstreams which upstream speaks to a target; those of one event loop
 * @param bodies    shared by all event loops
 */
public record ChatServices(
        Vertx vertx,
        LiveConfig config,
        Authenticator authenticator,
        DeploymentChooser chooser,
        Function<Target, Upstream> upstreams,
        Journal journal,
        GatewayMeters meters,
        BodyBudget bodies,
        ChatSettings settings) {}
