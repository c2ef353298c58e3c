package io.llmplatform.embedded.elasticsearch;

import io.llmplatform.embedded.launch.EmbeddedServer;
import io.llmplatform.embedded.launch.LaunchOptions;
import io.llmplatform.embedded.launch.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** {@code ElasticsearchMain <data folder> <port>}: a single Elasticsearch node on loopback. Its libraries must be on the module path. */
public final class ElasticsearchMain {
    private ElasticsearchMain() {}

    public static void main(String[] args) throws InterruptedException {
        Launcher.run(ElasticsearchMain::start, args);
    }

    private static EmbeddedServer start(LaunchOptions options) throws Exception {
        var home = Home.prepare(options.data().resolve("node"));
        var settings = Settings.builder()
                .put("path.home", home.folder().toString())
                .put("cluster.name", "llm-platform")
                .put("node.name", "node-1")
                .put("network.host", "127.0.0.1")
                .put("discovery.type", "single-node")
                .put("http.port", options.port())
                .put("transport.port", LaunchOptions.freePort())
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("action.auto_create_index", false)
                .put("action.destructive_requires_name", true)
                .build();
        LogConfigurator.configureWithoutConfig(Settings.EMPTY);
        LogConfigurator.configureESLogging();
        var environment = new Environment(settings, home.config());
        var modules = PluginsLoader.loadModulesBundles(home.modules(), false);
        var node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of()));
        node.start();
        return new Running(node, new CountDownLatch(1));
    }

    private record Running(Node node, CountDownLatch ended) implements EmbeddedServer {
        @Override
        public void awaitEnd() throws InterruptedException {
            ended.await();
        }

        @Override
        public void close() {
            try {
                node.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                ended.countDown();
            }
        }
    }
}
