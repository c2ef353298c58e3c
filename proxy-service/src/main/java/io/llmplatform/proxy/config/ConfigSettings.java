package io.llmplatform.proxy.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param snapshotFile where the last known configuration survives a restart
 * @param brokerWait   how long a start waits for the broker before it serves from the snapshot alone
 */
public record ConfigSettings(String bootstrapServers, Path snapshotFile, Duration brokerWait) {}
