package io.llmplatform.projections;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts every projection; serves nothing but health and metrics. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ProjectionsApplication {
    public static void main(String[] args) {
        SpringApplication.run(ProjectionsApplication.class, args);
    }
}
