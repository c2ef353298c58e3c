package io.llmplatform.bench.contender;

import io.llmplatform.bench.upstream.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where a run happens.
 *
 * @param root       the repository
 * @param peers      where the peers are installed, each in a folder of its name
 * @param work       for configurations and logs of this run
 * @param firstPort  of those this run may take: the upstream, then a port for each peer
 * @param behaviours of the upstream that the measures need
 */
public record Site(Path root, Path peers, Path work, int firstPort, Set<Behaviour> behaviours) {

    public int upstreamPort() {
        return firstPort;
    }

    int port(int number) {
        return firstPort + number;
    }

    /** The base URL up to the version segment, under which a behaviour is had. */
    String baseUrl(Behaviour behaviour) {
        return "http://127.0.0.1:" + upstreamPort() + behaviour.prefix() + "/v1";
    }

    static URI chat(String baseUrl) {
        return URI.create(baseUrl + "/chat/completions");
    }

    /** @throws NotMeasured when the installation left word why it failed, or the file is not there */
    Path installed(String peer, String file) throws NotMeasured {
        var why = peers.resolve(peer + ".why");
        var path = peers.resolve(peer).resolve(file);
        try {
            if (Files.exists(why)) {
                throw new NotMeasured(Files.readString(why).strip());
            }
        } catch (IOException e) {
            throw new NotMeasured("its installation failed");
        }
        if (!Files.exists(path)) {
            throw new NotMeasured("it is not installed: no " + path);
        }
        return path;
    }
}
