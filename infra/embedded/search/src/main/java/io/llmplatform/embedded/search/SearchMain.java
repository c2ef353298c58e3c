package io.llmplatform.embedded.search;

import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import io.llmplatform.embedded.launch.EmbeddedServer;
import io.llmplatform.embedded.launch.LaunchOptions;
import io.llmplatform.embedded.launch.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** {@code SearchMain <data folder> <port>}: a single OpenSearch node on loopback. */
public final class SearchMain {
    private SearchMain() {}

    public static void main(String[] args) throws InterruptedException {
        Launcher.run(SearchMain::start, args);
    }

    private static EmbeddedServer start(LaunchOptions options) throws IOException {
        var runner = new OpenSearchRunner();
        int transportPort = LaunchOptions.freePort();
        runner.onBuild((node, settings) -> {
            try (var fixed = SearchMain.class.getResourceAsStream("opensearch.yml")) {
                settings.loadFromStream("opensearch.yml", fixed, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            settings.put("http.port", options.port()).put("transport.port", transportPort);
        });
        runner.build(newConfigs()
                .basePath(options.data().resolve("node").toString())
                .clusterName("llm-platform")
                .numOfNode(1)
                .useLogger());
        runner.ensureYellow();
        return new Running(runner, new CountDownLatch(1));
    }

    private record Running(OpenSearchRunner runner, CountDownLatch ended) implements EmbeddedServer {
        @Override
        public void awaitEnd() throws InterruptedException {
            ended.await();
        }

        @Override
        public void close() {
            try {
                runner.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                ended.countDown();
            }
        }
    }
}
