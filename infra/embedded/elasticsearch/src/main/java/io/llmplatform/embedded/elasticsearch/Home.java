package io.llmplatform.embedded.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.jar.JarFile;

/** The folder that a distribution would have been unpacked to, with the modules that the server is to load. */
record Home(Path folder) {
    private static final String NETTY = "transport-netty4";
    private static final String ANALYSIS = "analysis-stand-in";
    private static final String DESCRIPTOR = "plugin-descriptor.properties";

    static Home prepare(Path folder) throws IOException, URISyntaxException {
        var home = new Home(folder);
        Files.createDirectories(home.config());
        var program = Path.of(
                Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        home.netty(Objects.requireNonNull(program.getParent()).resolve(NETTY));
        var analysis = Files.createDirectories(home.modules().resolve(ANALYSIS));
        copy(program.resolveSibling(program.getFileName().toString().replace(".jar", "-analysis.jar")), analysis);
        try (var descriptor = Objects.requireNonNull(Home.class.getResourceAsStream("analysis.properties"))) {
            copy(descriptor, analysis.resolve(DESCRIPTOR));
        }
        return home;
    }

    Path config() {
        return folder.resolve("config");
    }

    Path modules() {
        return folder.resolve("modules");
    }

    private void netty(Path jars) throws IOException {
        var module = Files.createDirectories(modules().resolve(NETTY));
        try (var all = Files.list(jars)) {
            for (var jar : all.toList()) {
                copy(jar, module);
                if (jar.getFileName().toString().startsWith(NETTY)) {
                    descriptor(jar, module);
                }
            }
        }
    }

    private static void descriptor(Path jar, Path module) throws IOException {
        try (var file = new JarFile(jar.toFile());
                var in = file.getInputStream(file.getEntry("META-INF/es-plugins/" + NETTY + "/" + DESCRIPTOR))) {
            copy(in, module.resolve(DESCRIPTOR));
        }
    }

    private static void copy(Path jar, Path folder) throws IOException {
        Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(InputStream in, Path file) throws IOException {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
