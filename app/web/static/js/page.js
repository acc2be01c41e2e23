// What every page loads; each feature is loaded where its element stands.
