package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.ProcessTree;
import io.llmplatform.bench.upstream.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** LLM Platform with everything on: a user's key with limits and budget, prices, journal, Kafka. */
public final class Ours implements Target {
    /** Not needed to serve; they would take CPU from the gateway while it is measured, and read later what it wrote. */
    private static final List<String> ASIDE =
            List.of("command-service", "query-service", "projections", "search", "postgres");

    private final Stack stack;
    private final Account account;
    private final String gateway;
    private final String version;
    private final ProcessTree proxy;
    private final ProcessTree kafka;

    private Ours(Stack stack, Account account, String gateway, String version, ProcessTree proxy, ProcessTree kafka) {
        this.stack = stack;
        this.account = account;
        this.gateway = gateway;
        this.version = version;
        this.proxy = proxy;
        this.kafka = kafka;
    }

    static Ours start(Site site) throws NotMeasured, IOException, InterruptedException {
        var stack = new Stack(site.root());
        stack.run("up");
        var environment = stack.environment();
        var gateway = environment.getOrDefault("GATEWAY_URL", "").replace("localhost", "127.0.0.1");
        var state = Path.of(environment.getOrDefault("PLATFORM_DATA", ""));
        var account = Account.make(gateway, site);
        account.awaitKnown(gateway, site, Duration.ofSeconds(20));
        for (var component : ASIDE) {
            stack.run("stop", component);
        }
        var ours = new Ours(
                stack,
                account,
                gateway,
                commit(site.root()),
                new ProcessTree(List.of(Stack.pid(state, "proxy-service"))),
                new ProcessTree(List.of(Stack.pid(state, "kafka"))));
        ours.await(Duration.ofSeconds(20));
        return ours;
    }

    private void await(Duration patience) throws NotMeasured, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var fault = Probe.fault(call(new Behaviour.Whole()));
        while (!fault.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new NotMeasured("it did not get ready: " + fault);
            }
            Thread.sleep(200);
            fault = Probe.fault(call(new Behaviour.Whole()));
        }
    }

    @Override
    public String name() {
        return Targets.OURS;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String setup() {
        return "./platform up; a member's API key with request limit, token limit and budget, priced models, journal and Kafka on; "
                + "while measured, " + String.join(", ", ASIDE) + " are stopped, the gateway and Kafka run";
    }

    @Override
    public Call call(Behaviour behaviour) {
        return new Call(
                behaviour,
                URI.create(gateway + "/v1/chat/completions"),
                Map.of("content-type", "application/json", "authorization", "Bearer " + account.key()),
                account.model(behaviour));
    }

    @Override
    public ProcessTree processes() {
        return proxy;
    }

    @Override
    public ProcessTree companions() {
        return kafka;
    }

    /** Goes on: a broker that is held for long loses its session, and the gateway with it; idle they take next to nothing. */
    @Override
    public void hold() {}

    @Override
    public void release() {}

    /** Starts the rest again and waits until the read side has counted at least that many requests of this run's key. */
    public Recorded recorded(long atLeast, Duration patience) throws IOException, InterruptedException {
        stack.run("up");
        return account.recorded(gateway, atLeast, patience);
    }

    @Override
    public void close() {}

    private static String commit(Path root) throws IOException {
        var git = new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return said.isEmpty() ? "working copy" : said;
    }
}
