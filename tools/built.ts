console.log('chairside: built and up to date in out/');
